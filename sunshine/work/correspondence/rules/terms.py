"""The words of citizens' letters as data: by which way, of which sort, how they end. The terms are exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sunshine.kernel.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Term:
    """One of a fixed list: our code, the words of the interface, the field's own term."""

    code: str
    label: str
    term: str

    def __str__(self) -> str:
        return self.code


# CH-12345: one number; others are merged into it or run beside it. All ways lead to the same table.
MESSAGE_BOARD: Final = Term("message_board", _("Message board"), "网民留言")
MAILBOX: Final = Term("mailbox", _("Leader’s mailbox"), "领导信箱")
HOTLINE_12345: Final = Term("hotline_12345", _("Hotline 12345"), "12345热线")
HOTLINE_12319: Final = Term("hotline_12319", _("Hotline 12319"), "12319热线")
LETTER: Final = Term("letter", _("Letter"), "来信")
VISIT: Final = Term("visit", _("Visit"), "来访")
EMAIL: Final = Term("email", _("E-mail"), "电子邮件")
OPEN311: Final = Term("open311", _("Program (Open311)"), "应用接入")
CHANNELS: Final = (MESSAGE_BOARD, MAILBOX, HOTLINE_12345, HOTLINE_12319, LETTER, VISIT, EMAIL, OPEN311)
WRITTEN_HERE: Final = (MESSAGE_BOARD, MAILBOX)
"""What a citizen fills in on the site itself."""
ENTERED: Final = (HOTLINE_12345, HOTLINE_12319, LETTER, VISIT, EMAIL)
"""What an officer enters for somebody."""

HOTLINES: Final = {HOTLINE_12345.code: "12345", HOTLINE_12319.code: "12319"}
"""The channels that hand us lists, each with the name of the system whose numbers stand in them."""

CONSULTATION: Final = Term("consultation", _("Enquiry"), "咨询")
COMPLAINT: Final = Term("complaint", _("Complaint"), "投诉")
SUGGESTION: Final = Term("suggestion", _("Suggestion"), "建议")
HELP: Final = Term("help", _("Request for help"), "求助")
REPORT: Final = Term("report", _("Report of a wrong"), "举报")
SORTS: Final = (CONSULTATION, COMPLAINT, SUGGESTION, HELP, REPORT)

# Stage, clock and outcome are three things: these say how it ended, whatever the stage and in time or not.
RESOLVED: Final = Term("resolved", _("Resolved"), "已解决")
EXPLAINED: Final = Term("explained", _("Explained"), "已解释说明")
NOT_OURS: Final = Term("not_ours", _("Not for this bureau"), "不属于本机关职责")
UNVERIFIED: Final = Term("cannot_verify", _("Could not be verified"), "无法核实")
PROMISED: Final = Term("promised", _("Will be done by a day"), "承诺限期解决")
CASE_OUTCOMES: Final = (RESOLVED, EXPLAINED, NOT_OURS, UNVERIFIED, PROMISED)

# XF-60D, 信访工作条例 art. 32: the three that a written opinion on a petition knows.
SUPPORTED: Final = Term("supported", _("Supported"), "支持")
EXPLAINED_TO_PETITIONER: Final = Term("explained_to_petitioner", _("Explained"), "解释说明")
NOT_SUPPORTED: Final = Term("not_supported", _("Not supported"), "不予支持")
PETITION_OUTCOMES: Final = (SUPPORTED, EXPLAINED_TO_PETITIONER, NOT_SUPPORTED, PROMISED)

# How a case leaves without a reply of its own.
JOINED: Final = Term("joined", _("Joined to another case"), "并案办理")
PASSED_ON: Final = Term("passed_on", _("Belongs to another procedure"), "告知其他途径")
TAKEN_BACK: Final = Term("taken_back", _("Taken back by the reporter"), "诉求人撤回")
OTHER_OUTCOMES: Final = (JOINED, PASSED_ON, TAKEN_BACK)
OUTCOMES: Final = (*CASE_OUTCOMES, *PETITION_OUTCOMES[:3], *OTHER_OUTCOMES)

PETITION: Final = Term("petition", _("Already being handled as a petition"), "已进入信访程序")

# CH-NOT, 国办发〔2020〕53号: what the hotline does not take, and where it goes instead.
OTHER_WAYS: Final = (
    Term("disclosure", _("Request for information"), "政府信息公开申请"),
    Term("reconsideration", _("Reconsideration"), "行政复议"),
    Term("lawsuit", _("Court proceedings"), "诉讼"),
    Term("arbitration", _("Arbitration"), "仲裁"),
    Term("discipline", _("Discipline inspection"), "纪检监察"),
    PETITION,
    Term("emergency", _("Emergency numbers 110, 119, 120, 122"), "紧急求助电话"),
)

# XF-KINDS, 信访工作条例 arts. 29–31.
PETITION_KINDS: Final = (
    Term("proposal", _("Suggestion or opinion"), "建议意见"),
    Term("accusation", _("Accusation"), "检举控告"),
    Term("appeal", _("Appeal for a decision"), "申诉求决"),
)

WAYS_TOLD: Final = (
    Term("site", _("On the reporter’s page"), "网上查询"),
    Term("phone", _("By telephone"), "电话回复"),
    Term("post", _("By post"), "邮寄"),
    Term("in_person", _("In person"), "当面"),
    Term("email", _("By e-mail"), "电子邮件"),
    Term("program", _("Through the program that reported it"), "应用回传"),
)
RATINGS: Final = (5, 4, 3, 2, 1)


def named(code: str, among: Iterable[Term]) -> Term | None:
    """Return the term of a code, or None."""
    return next((term for term in among if term.code == code), None)
