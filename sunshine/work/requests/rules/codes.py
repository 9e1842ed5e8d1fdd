"""A new code for the applicant: the one of before was lost, or a part that was split off never had one."""

from __future__ import annotations

from typing import Final

from sunshine.kernel.procedure import Act, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules.stages import OFFICE
from sunshine.work.requests.rules.terms import Term

BASIS: Final = "own rule"

# Nobody gets a code on the telephone.
PROOFS = (
    Term("document", _("The applicant showed the identity document"), "本人出示身份证件"),
    Term("agent", _("An agent showed authority and documents"), "代理人出示委托书和身份证件"),
    Term("post", _("It goes by post to the address that the applicant gave"), "按申请人所留地址邮寄"),
)


def it_is_known_who_gets_it(situation: Situation) -> Verdict:
    """A code opens everything of a request: it is written down how one made sure who gets it."""
    if situation.facts.get("proof") in {each.code for each in PROOFS}:
        return HOLDS
    return fails(_("Say how you made sure that the applicant gets it."), basis=BASIS, field="proof")


def acts(*stages: Stage) -> tuple[Act, ...]:
    """Return the act that gives out a new code; it is open as long as there is something to read."""
    return (
        act(
            "issue_code",
            stages,
            by=OFFICE,
            basis=BASIS,
            wording=_("%(actor)s gave out a new code; the one of before opens nothing any more."),
            label=_("Give the applicant a new code"),
            needs=("proof",),
            checks=(it_is_known_who_gets_it,),
        ),
    )
