"""The acts on a document that the public reads or has read: corrected, taken back, repealed, erased."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel.procedure import Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import checks
from sunshine.work.documents.rules.stages import (
    DEPARTMENT,
    DRAFTING,
    FILED,
    OFFICE,
    PUBLISHED,
    WITHDRAWN,
    Text,
)

ONCE_PUBLIC = (PUBLISHED, WITHDRAWN, FILED)


def while_public(text: Text) -> tuple[Act, ...]:
    """Return the acts that are open while a version is public."""
    withdrawal_ground = checks.withdrawal_ground_is_sound(text.effective_from)
    lower = checks.lower_attribute_is_sound(text.effective_from)
    return (
        act(
            "correct",
            PUBLISHED,
            DRAFTING,
            by=(*DEPARTMENT, *OFFICE),
            basis=f"PRO-20WD: {text.time}",
            wording=_("%(actor)s began a correction; the published version stands until then."),
            label=_("Correct"),
            needs=("reason",),
            reopening=True,
        ),
        act(
            "propose_withdrawal",
            PUBLISHED,
            by=(people.DEPARTMENT_HEAD, *OFFICE),
            basis=f"PRO-REVIEW: {text.review}",
            wording=_("%(actor)s proposed to withdraw the document."),
            label=_("Propose withdrawal"),
            needs=("reason", "ground"),
            checks=(withdrawal_ground,),
        ),
        act(
            "withdraw",
            PUBLISHED,
            WITHDRAWN,
            by=(people.OFFICE_HEAD, people.LEADER),
            basis=f"PRO-REVIEW: {text.review}",
            wording=_("%(actor)s withdrew the document."),
            label=_("Withdraw"),
            needs=("reason", "ground"),
            checks=(checks.was_proposed("propose_withdrawal", "publish"), withdrawal_ground),
            never_by_who_did=("propose_withdrawal",),
            four_eyes_since="propose_withdrawal",
            public=True,
        ),
        act(
            "repeal",
            PUBLISHED,
            by=(people.OFFICE_HEAD, people.LEADER),
            basis="DOC-STATE; WEB-OLD",
            wording=_("%(actor)s marked the document as repealed."),
            label=_("Repeal"),
            needs=("reason", "on"),
            checks=(checks.day_of_repeal_is_sound,),
            public=True,
        ),
        act(
            "lower_attribute_propose",
            (PUBLISHED, DRAFTING),
            by=(*DEPARTMENT, *OFFICE),
            basis=checks.ATTR_CHANGE,
            wording=_("%(actor)s proposed a less open attribute."),
            label=_("Propose a less open attribute"),
            needs=("reason", "attribute", "ground"),
            checks=(checks.a_draft_is_lowered_by_two, lower),
        ),
        act(
            "lower_attribute",
            PUBLISHED,
            FILED,
            by=people.LEADER,
            basis=f"{checks.ATTR_CHANGE}; {text.review}",
            wording=_("%(actor)s lowered the attribute; the document is public no longer."),
            label=_("Lower the attribute"),
            checks=(checks.was_proposed("lower_attribute_propose", "publish"), lower),
            never_by_who_did=("lower_attribute_propose",),
            four_eyes_since="lower_attribute_propose",
            public=True,
        ),
    )


def while_drafted_again(text: Text) -> tuple[Act, ...]:
    """Return the act by which a second person closes what was submitted as more open and came back.

    It stays with its drafters: what it is now goes through office, reviews and signature again.
    """
    return (
        act(
            "lower_attribute_in_draft",
            DRAFTING,
            by=people.OFFICE_HEAD,
            basis=checks.ATTR_CHANGE,
            wording=_("%(actor)s lowered the attribute of the draft."),
            label=_("Lower the attribute"),
            checks=(
                checks.was_proposed("lower_attribute_propose", "submit", "publish"),
                checks.a_draft_is_lowered_by_two,
                checks.lower_attribute_is_sound(text.effective_from),
            ),
            never_by_who_did=("lower_attribute_propose",),
            four_eyes_since="lower_attribute_propose",
            public=True,
        ),
    )


def of_the_former_site() -> tuple[Act, ...]:
    """Return the act by which an imported record gets a matter, and with it all the acts above."""
    return (
        act(
            "take_up",
            DRAFTING,
            PUBLISHED,
            by=OFFICE,
            basis="ARC-KEEP: 档案法 art. 14",
            wording=_("%(actor)s took up a record of the former site."),
            label=_("Take up"),
            checks=(checks.is_a_former_sites,),
        ),
    )


def of_erasure() -> tuple[Act, ...]:
    """Return the acts by which personal data leaves what was published, also after it was withdrawn."""
    return (
        act(
            "propose_erasure",
            ONCE_PUBLIC,
            by=(people.PRIVACY_REVIEWER, *OFFICE),
            basis=checks.PII_ERASE,
            wording=_("%(actor)s proposed to erase personal data."),
            label=_("Propose an erasure"),
            needs=("reason", "parts"),
            checks=(checks.parts_are_named,),
        ),
        act(
            "erase",
            ONCE_PUBLIC,
            by=(people.OFFICE_HEAD, people.LEADER),
            basis=checks.PII_ERASE,
            wording=_("%(actor)s erased personal data; the log still verifies."),
            label=_("Erase"),
            needs=("reason",),
            checks=(checks.was_proposed("propose_erasure", "erase"),),
            never_by_who_did=("propose_erasure",),
            four_eyes_since="propose_erasure",
            public=True,
        ),
    )
