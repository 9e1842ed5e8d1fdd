"""The procedure of official documents, for both texts of the regulation, from one table."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import Act, Procedure, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import checks, comment, later
from sunshine.work.documents.rules.stages import (
    ABANDONED,
    APPROVED,
    AT_LEADER,
    AT_OFFICE,
    DEPARTMENT,
    DRAFTING,
    FILED,
    FINAL,
    FOI_2008,
    FOI_2019,
    IN_REVIEW,
    KIND,
    OFFICE,
    PUBLISHED,
    REVIEWERS,
    SCHEDULED,
    UNFINISHED,
    Text,
)


def document_procedure(text: Text) -> Procedure:
    """Return the procedure of documents under one text of the regulation."""
    return Procedure(
        kind=KIND,
        version=text.version,
        effective_from=text.effective_from,
        effective_to=text.effective_to,
        initial=DRAFTING,
        final=FINAL,
        acts=(
            *_at_the_department(text),
            *_at_the_office(),
            *_in_review(text),
            *_after_the_signature(text),
            *later.while_public(text),
            *later.while_drafted_again(text),
            *later.of_the_former_site(),
            *later.of_erasure(),
            *_anywhere(text),
        ),
        clocks={"publish": text.publish},
    )


def _at_the_department(text: Text) -> tuple[Act, ...]:
    ground = checks.ground_is_sound(text.effective_from)
    return (
        act(
            "draft",
            DRAFTING,
            by=people.DRAFTER,
            basis=f"PRO-WHO: {text.maker_publishes}",
            wording=_("%(actor)s worked on the draft."),
            label=_("Edit the draft"),
        ),
        act(
            "set_attribute",
            DRAFTING,
            by=people.DRAFTER,
            basis=checks.ATTR_3,
            wording=_("%(actor)s set the attribute."),
            label=_("Set the attribute"),
            needs=("attribute",),
            checks=(checks.attribute_is_set, ground, checks.attribute_is_not_lowered),
        ),
        act(
            "submit",
            DRAFTING,
            AT_OFFICE,
            by=people.DRAFTER,
            basis=checks.ATTR_3,
            wording=_("%(actor)s submitted the document."),
            label=_("Submit"),
            checks=(
                checks.attribute_is_set,
                ground,
                checks.metadata_is_complete,
                checks.validity_is_sound,
                checks.has_content,
                checks.has_directory_item,
                checks.files_are_clean,
                comment.last_day_is_named,
            ),
            likely=True,
        ),
        act(
            "abandon",
            DRAFTING,
            ABANDONED,
            by=DEPARTMENT,
            basis="ARC-KEEP: 档案法 art. 14",
            wording=_("%(actor)s gave the draft up."),
            label=_("Give up"),
            needs=("reason",),
            checks=(checks.nothing_is_public,),
        ),
        act(
            "drop_correction",
            DRAFTING,
            PUBLISHED,
            by=(*DEPARTMENT, *OFFICE),
            basis=f"PRO-20WD: {text.time}",
            wording=_("%(actor)s dropped the correction; the published version stands."),
            label=_("Drop the correction"),
            needs=("reason",),
            checks=(checks.something_is_public,),
            # Whether or not it was signed before it came back: its clock ends.
            clocks=(procedure.restarts("publish"), procedure.stops("publish")),
        ),
    )


def _at_the_office() -> tuple[Act, ...]:
    return (
        act(
            "accept",
            AT_OFFICE,
            IN_REVIEW,
            by=OFFICE,
            basis=f"{checks.INT_3SYNC}; ATTR-POLICY: 国办发〔2016〕80号 一(一)",
            wording=_("%(actor)s accepted the document for review."),
            label=_("Accept for review"),
            checks=(checks.interpretation_goes_with_it,),
            likely=True,
        ),
        act(
            "return_without_interpretation",
            AT_OFFICE,
            DRAFTING,
            by=(procedure.CLOCK, *OFFICE),
            basis=checks.INT_RETURN,
            wording=_("%(actor)s returned the document: its interpretation is missing."),
            label=_("Return: interpretation missing"),
            checks=(checks.interpretation_is_missing,),
        ),
        act(
            "send_back",
            (AT_OFFICE, IN_REVIEW, AT_LEADER, APPROVED),
            DRAFTING,
            by=(*OFFICE, *REVIEWERS, people.LEADER),
            basis="ATTR-RETURN: 国办发〔2016〕80号 一(一)",
            wording=_("%(actor)s sent the document back."),
            label=_("Send back"),
            needs=("reason",),
        ),
    )


def _in_review(text: Text) -> tuple[Act, ...]:
    return (
        act(
            "review",
            IN_REVIEW,
            by=REVIEWERS,
            basis=f"{checks.SEC_REVIEW}; {text.review}",
            wording=_("%(actor)s reviewed the document."),
            label=_("Review"),
            needs=("review", "passed"),
            checks=(checks.review_is_known,),
            never_by_who_did=("draft", "submit"),
            likely=True,
        ),
        act(
            "pass_on",
            IN_REVIEW,
            AT_LEADER,
            by=OFFICE,
            basis=f"{checks.SEC_REVIEW}; {text.review}",
            wording=_("%(actor)s passed the document to the leader."),
            label=_("Pass to the leader"),
            checks=(checks.reviews_have_passed,),
            likely=True,
        ),
        act(
            "sign_off",
            AT_LEADER,
            APPROVED,
            by=people.LEADER,
            basis=f"{checks.INT_3SYNC}; PRO-20WD: {text.time}",
            wording=_("%(actor)s signed the document off."),
            label=_("Sign off"),
            checks=(
                checks.attribute_is_set,
                checks.interpretation_goes_with_it,
                checks.reviews_have_passed,
                checks.formed_on_is_sound,
            ),
            never_by_who_did=("draft", "submit", "review"),
            # PRO-20WD: from forming, and again from each change; signed again, the period runs anew.
            clocks=(procedure.restarts("publish", moment_fact="made_on", period_fact="publish_within"),),
            likely=True,
        ),
    )


def _after_the_signature(text: Text) -> tuple[Act, ...]:
    may_be_public = (
        checks.attribute_is_proactive,
        checks.reviews_have_passed,
        checks.is_signed_off,
        checks.gate_passes,
        comment.is_open_long_enough,
    )
    return (
        act(
            "publish",
            (APPROVED, SCHEDULED),
            PUBLISHED,
            by=(people.OFFICE_HEAD, procedure.CLOCK),
            basis=f"PRO-20WD: {text.time}; {checks.INT_SAME}",
            wording=_("%(actor)s published the document."),
            label=_("Publish"),
            checks=may_be_public,
            clocks=(procedure.stops("publish"),),
            public=True,
            likely=True,
        ),
        act(
            "schedule",
            APPROVED,
            SCHEDULED,
            by=OFFICE,
            basis=checks.INT_SAME,
            wording=_("%(actor)s scheduled the publication."),
            label=_("Schedule"),
            needs=("publish_at",),
            checks=(*may_be_public, checks.moment_lies_ahead),
        ),
        act(
            "unschedule",
            SCHEDULED,
            APPROVED,
            by=OFFICE,
            basis=checks.INT_SAME,
            wording=_("%(actor)s took the publication off the schedule."),
            label=_("Take off the schedule"),
        ),
        act(
            "file",
            APPROVED,
            FILED,
            by=OFFICE,
            basis=f"{checks.ATTR_3}; PRO-DEFAULT",
            wording=_("%(actor)s filed the document with its attribute."),
            label=_("File without publishing"),
            checks=(checks.attribute_is_not_proactive,),
        ),
        act(
            "open_up",
            FILED,
            DRAFTING,
            by=OFFICE,
            basis=f"PRO-DYNAMIC: {text.dynamic}",
            wording=_("%(actor)s took the document up again: it may become public now."),
            label=_("Take up again to publish"),
            needs=("reason",),
            reopening=True,
        ),
    )


def _anywhere(text: Text) -> tuple[Act, ...]:
    return (
        act(
            "hand_over",
            UNFINISHED,
            by=(people.DEPARTMENT_HEAD, people.OFFICE_HEAD),
            basis=f"PRO-WHO: {text.maker_publishes}",
            wording=_("%(actor)s handed the document over."),
            label=_("Hand over"),
            needs=("officer",),
        ),
    )


PROCEDURES = (document_procedure(FOI_2008), document_procedure(FOI_2019))
DOCUMENT_2008, DOCUMENT_2019 = PROCEDURES
