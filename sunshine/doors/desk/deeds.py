"""How each act of a procedure is done from the desk: its operation, and what its form asks.

What an act needs stands in its procedure (`act.needs`); a form asks for exactly that. Here stands only
what the table cannot say: the operation, what an operation takes beside it, and the page an act has of
its own. A new act of a procedure therefore needs one line here and no view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sunshine.kernel.procedure import Act
from sunshine.work.correspondence import operations as letters
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from sunshine.work.participation.operations import calls, deciding, gathering, sending
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals import rules as proposal_rules
from sunshine.work.requests import operations as requests
from sunshine.work.reviews import operations as reviews


@dataclass(frozen=True, slots=True)
class Deed:
    """One act at the desk.

    `asks` and `may_ask` name facts beside those that the act needs (the first must be given);
    `page` is the address name of the act's own page, where a plain form does not do; an act
    `is_opening` that is done while its matter is opened and is never offered on it.
    """

    operation: Callable[..., object] | None = None
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    page: str = ""
    is_grave: bool = False
    is_opening: bool = False

    def facts(self, act: Act) -> tuple[str, ...]:
        """Return the facts that the act's form asks for, those that must be given first."""
        needed = tuple(name for name in act.needs if name not in self.leaves_out)
        return (*dict.fromkeys((*needed, *self.asks, *self.may_ask)),)

    def is_plain(self, act: Act) -> bool:
        """Return whether one press does it: nothing to fill in, and nothing becomes public by it."""
        return not self.page and not self.facts(act) and not act.public and not self.is_grave


DOCUMENT: Mapping[str, Deed] = {
    "draft": Deed(page="desk:write"),
    "set_attribute": Deed(page="desk:attribute"),
    "submit": Deed(documents.submit),
    "abandon": Deed(documents.abandon, is_grave=True),
    "drop_correction": Deed(documents.drop_correction, is_grave=True),
    "accept": Deed(documents.accept),
    "return_without_interpretation": Deed(documents.return_without_interpretation, asks=("reason",)),
    "send_back": Deed(documents.send_back),
    "review": Deed(page="desk:review"),
    "pass_on": Deed(documents.pass_on),
    "sign_off": Deed(page="desk:sign_off"),
    "publish": Deed(documents.publish),
    # The time stands in the frozen bundle; the form does not ask for another one.
    "schedule": Deed(documents.schedule, leaves_out=("publish_at",)),
    "unschedule": Deed(documents.unschedule, may_ask=("reason",)),
    "file": Deed(documents.file),
    "open_up": Deed(documents.open_up),
    "correct": Deed(documents.correct),
    "propose_withdrawal": Deed(documents.propose_withdrawal, is_grave=True),
    "withdraw": Deed(documents.withdraw, is_grave=True),
    "repeal": Deed(documents.repeal, is_grave=True),
    "lower_attribute_propose": Deed(
        documents.propose_lower_attribute, may_ask=("ground_until",), is_grave=True
    ),
    "lower_attribute": Deed(documents.lower_attribute, asks=("reason",), is_grave=True),
    "lower_attribute_in_draft": Deed(documents.lower_attribute, asks=("reason",), is_grave=True),
    "propose_erasure": Deed(documents.propose_erasure, is_grave=True),
    "erase": Deed(documents.erase, is_grave=True),
    "take_up": Deed(is_opening=True),
    "hand_over": Deed(documents.hand_over),
}
REQUEST: Mapping[str, Deed] = {
    "try_to_reach": Deed(requests.try_to_reach),
    "receive": Deed(requests.receive),
    "assign": Deed(requests.assign),
    "split": Deed(requests.split),
    "merge": Deed(requests.merge, is_grave=True),
    "ask_to_complete": Deed(requests.ask_to_complete),
    "ask_while_handling": Deed(requests.ask_while_handling),
    "ask_too_late": Deed(requests.ask_too_late),
    "complete": Deed(requests.complete),
    "complete_late": Deed(requests.complete_late),
    "lapse": Deed(requests.lapse, is_grave=True),
    "admit_excuse": Deed(requests.admit_excuse),
    "reassign": Deed(requests.reassign),
    "search": Deed(requests.search, may_ask=("note",)),
    "propose_extension": Deed(requests.propose_extension),
    "extend": Deed(requests.extend),
    "withdraw": Deed(requests.withdraw, is_grave=True),
    "consult_third_party": Deed(requests.consult_third_party),
    "consult_another": Deed(requests.consult_another),
    "third_party_received": Deed(requests.third_party_received),
    "third_party_answered": Deed(requests.third_party_answered, may_ask=("ground",)),
    "tell_third_party": Deed(requests.tell_third_party),
    "respect_refusal": Deed(requests.respect_refusal),
    "conclude_consultation": Deed(requests.conclude_consultation),
    "give_up_consultation": Deed(requests.give_up_consultation),
    "go_on_without_consent": Deed(requests.go_on_without_consent),
    "go_on_without_bodies": Deed(requests.go_on_without_bodies),
    "ask_bodies": Deed(requests.ask_bodies),
    "body_received": Deed(requests.body_received),
    "body_answered": Deed(requests.body_answered, may_ask=("ground",)),
    "conclude_asking": Deed(requests.conclude_asking),
    "demand_reasons": Deed(requests.demand_reasons),
    "give_reasons": Deed(requests.give_reasons),
    "go_on_without_reasons": Deed(requests.go_on_without_reasons),
    "defer": Deed(requests.defer),
    "take_up": Deed(requests.take_up),
    "charge_fee": Deed(requests.charge_fee),
    "fee_notice_received": Deed(requests.fee_notice_received),
    "record_payment": Deed(requests.record_payment),
    "drop_unpaid": Deed(requests.drop_unpaid, is_grave=True),
    "agree_to_refusal": Deed(requests.agree_to_refusal),
    "return_draft": Deed(requests.return_draft),
    "approve": Deed(requests.approve),
    "reply": Deed(requests.reply, may_ask=("mail_number",)),
    "service_failed": Deed(requests.service_failed),
    "serve_again": Deed(requests.serve_again, may_ask=("mail_number",)),
    "answer_anew": Deed(requests.answer_anew, is_grave=True),
    "draft_reply": Deed(page="desk:draft_reply"),
    "enclose": Deed(page="desk:enclose"),
    "make_public": Deed(page="desk:make_public"),
    "take_out": Deed(requests.take_out),
    "issue_code": Deed(page="desk:issue_code"),
}
REMEDY: Mapping[str, Deed] = {
    "defend_ordinary": Deed(requests.defend),
    "defend_simple": Deed(requests.defend),
    "defend_court": Deed(requests.defend),
    "decide_remedy": Deed(requests.decide),
}
CORRECTION: Mapping[str, Deed] = {
    "propose_decision": Deed(requests.propose_decision),
    "return_proposal": Deed(requests.return_proposal),
    "settle": Deed(requests.settle),
    "issue_code": Deed(page="desk:issue_code"),
}
CALL: Mapping[str, Deed] = {
    "extend": Deed(calls.extend),
    "release": Deed(page="desk:call_messages"),
    "hide": Deed(page="desk:call_messages"),
    "restore": Deed(page="desk:call_messages"),
    "confirm": Deed(page="desk:call_messages"),
    "enter": Deed(sending.enter, may_ask=("sender", "paragraph")),
    "take_out": Deed(page="desk:call_opinions"),
    "answer": Deed(page="desk:call_opinions"),
    "begin_report": Deed(page="desk:call_report"),
    "answer_again": Deed(calls.answer_again, is_grave=True),
    "call_off": Deed(calls.call_off, is_grave=True),
}
DECISION: Mapping[str, Deed] = {
    "link_call": Deed(deciding.link_call),
    "argue": Deed(deciding.argue),
    "assess": Deed(deciding.assess),
    "ask_legality": Deed(deciding.ask_legality),
    "review_legality": Deed(deciding.review_legality),
    "propose_exemption": Deed(deciding.propose_exemption),
    "grant_exemption": Deed(deciding.grant_exemption),
    "discuss": Deed(deciding.discuss),
    "discuss_again": Deed(deciding.discuss_again, is_grave=True),
    "abandon": Deed(deciding.abandon, is_grave=True),
}
GATHERING: Mapping[str, Deed] = {
    "propose_openness": Deed(gathering.propose_openness, may_ask=("closed_ground",)),
    "decide_openness": Deed(gathering.decide_openness, may_ask=("closed_ground",)),
    "announce": Deed(gathering.announce),
    "change": Deed(gathering.change),
    "give_up": Deed(gathering.give_up, is_grave=True),
    "cancel": Deed(gathering.cancel, is_grave=True),
    "hold": Deed(gathering.hold),
    "sign": Deed(page="desk:gathering_people"),
    "follow": Deed(gathering.follow),
    "settle": Deed(gathering.settle),
    "minute": Deed(gathering.minute),
    "finish": Deed(gathering.finish),
}
OF_PARTICIPATION = {"comment_call": CALL, "decision": DECISION, "gathering": GATHERING}
PROPOSAL: Mapping[str, Deed] = {
    "accept": Deed(proposals.accept),
    "hand_back": Deed(proposals.hand_back, is_grave=True),
    "assigner_agrees": Deed(proposals.assigner_agrees),
    "assigner_insists": Deed(proposals.assigner_insists),
    "assign": Deed(proposals.assign),
    "reassign": Deed(proposals.reassign),
    "hand_over": Deed(proposals.hand_over),
    "ask_opinions": Deed(proposals.ask_opinions, may_ask=("departments", "bodies")),
    "record_contact": Deed(proposals.record_contact),
    "propose_extension": Deed(proposals.propose_extension),
    "extend": Deed(proposals.extend),
    "draft_reply": Deed(page="desk:draft_answer"),
    "draft_again": Deed(page="desk:draft_answer"),
    "return_reply": Deed(proposals.return_reply),
    "return_again": Deed(proposals.return_reply),
    "sign": Deed(proposals.sign, may_ask=("without_opinions",)),
    "sign_again": Deed(proposals.sign, may_ask=("without_opinions",)),
    "reply": Deed(proposals.reply),
    "reply_again": Deed(proposals.reply),
    "chase": Deed(proposals.chase),
    # One form takes every answer; the operation chooses whether it is `rate` or `rate_dissatisfied`.
    "rate": Deed(proposals.rate, may_ask=("rating_of_process", "rating_words")),
    "dissatisfied_later": Deed(proposals.dissatisfied_later, is_grave=True),
    "go_without_rating": Deed(proposals.go_without_rating),
    "keep_commitment": Deed(proposals.keep_commitment, may_ask=("told_on",)),
    "put_off_commitment": Deed(proposals.put_off_commitment),
    "close": Deed(proposals.close),
}
OPINION: Mapping[str, Deed] = {
    "assign": Deed(proposals.assign),
    "hand_back": Deed(proposals.hand_back, is_grave=True),
    "assigner_agrees": Deed(proposals.assigner_agrees),
    "assigner_insists": Deed(proposals.assigner_insists),
    "draft_opinion": Deed(proposals.draft_opinion),
    "return_opinion": Deed(proposals.return_opinion),
    "hand_in_opinion": Deed(proposals.hand_in_opinion),
    "send_opinion": Deed(proposals.send_opinion),
    "record_opinion": Deed(proposals.record_opinion),
    "urge": Deed(proposals.urge),
    "call_off": Deed(proposals.call_off, is_grave=True),
}
PUBLICATION: Mapping[str, Deed] = {
    "begin_document": Deed(page="desk:publish_answer"),
    "withhold": Deed(proposals.withhold, is_grave=True),
}
OF_PROPOSALS = {
    **dict.fromkeys(sorted(proposal_rules.LED), PROPOSAL),
    proposal_rules.OPINION: OPINION,
    proposal_rules.PUBLICATION: PUBLICATION,
}
LETTER: Mapping[str, Deed] = {
    "register_case": Deed(letters.register_case),
    "register_consultation": Deed(letters.register_consultation),
    "register_danger": Deed(letters.register_danger),
    "secure": Deed(letters.secure),
    "pass_on": Deed(letters.pass_on, is_grave=True),
    "turn_into_petition": Deed(letters.turn_into_petition, may_ask=("accused",), is_grave=True),
    "register_petition": Deed(letters.register_petition),
    "tell_acceptance": Deed(letters.tell_acceptance),
    "object_to_forwarding": Deed(letters.object_to_forwarding, is_grave=True),
    "offer": Deed(letters.offer),
    "accept_case": Deed(letters.accept_case),
    "give_back": Deed(letters.give_back),
    "give_back_to_head": Deed(letters.give_back_to_head),
    "decide_holder": Deed(letters.decide_holder),
    "move_case": Deed(letters.move_case),
    "name_officer": Deed(letters.name_officer),
    "ask_department": Deed(letters.ask_department),
    "withdraw_question": Deed(letters.withdraw_question),
    "ask_for_extension": Deed(letters.ask_for_extension),
    "extend_case": Deed(letters.extend_case),
    "draft_case_reply": Deed(letters.draft_case_reply, may_ask=("promised_on",)),
    "return_case_reply": Deed(letters.return_case_reply),
    "approve_case_reply": Deed(letters.approve_case_reply),
    "send_reply": Deed(letters.send_reply),
    "urge": Deed(letters.urge),
    "supervise": Deed(letters.supervise),
    "note_case": Deed(letters.note_case),
    "raise_alert": Deed(letters.raise_alert),
    "change_sort": Deed(letters.change_sort),
    "join": Deed(letters.join, is_grave=True),
    "join_unregistered": Deed(letters.join, is_grave=True),
    "join_unaccepted": Deed(letters.join, is_grave=True),
    "take_apart": Deed(letters.take_apart, is_grave=True),
    "take_apart_unregistered": Deed(letters.take_apart, is_grave=True),
    "take_apart_unaccepted": Deed(letters.take_apart, is_grave=True),
    "take_back": Deed(letters.take_back, is_grave=True),
    "leave_case": Deed(letters.leave_case, is_grave=True),
    "record_delivery": Deed(letters.record_delivery),
    "rate_case": Deed(letters.rate, may_ask=("rating_words",)),
    "contest": Deed(letters.contest),
    "hand_to_another": Deed(letters.hand_to_another),
    "keep_promise": Deed(letters.keep_promise),
    "move_promise": Deed(letters.move_promise),
    "show_answer": Deed(page="desk:show_answer"),
    "ask_review": Deed(letters.ask_review),
}
CASE_TASK: Mapping[str, Deed] = {"answer_task": Deed(letters.answer_task)}
ALERT: Mapping[str, Deed] = {
    "record_statement": Deed(letters.record_statement),
    "record_briefing": Deed(letters.record_briefing),
    "close_alert": Deed(letters.close_alert),
    "drop_alert": Deed(letters.drop_alert),
}
OF_LETTERS = {"citizen_case": LETTER, "petition": LETTER, "case_task": CASE_TASK, "opinion_alert": ALERT}
OF_REQUESTS = {"information_request": REQUEST, "remedy": REMEDY, "correction": CORRECTION}
OF_REVIEWS: Mapping[str, Mapping[str, Deed]] = {
    "yearly_review": {
        "draft_report": Deed(reviews.draft_report),
        "return_report": Deed(reviews.return_report),
        "sign_report": Deed(reviews.sign_report),
    },
    "kept_item": {
        "keep": Deed(reviews.keep, may_ask=("until",)),
        "let_open": Deed(reviews.let_open),
    },
    "conversion": {
        "begin": Deed(page="desk:conversion_begin"),
        "decline": Deed(reviews.decline, is_grave=True),
    },
    # The system closes it when the report is public; the page leads to the figures.
    "report_duty": {},
}
DEEDS: Mapping[str, Mapping[str, Deed]] = {
    rules.KIND: DOCUMENT,
    **OF_REQUESTS,
    **OF_LETTERS,
    **OF_PARTICIPATION,
    **OF_PROPOSALS,
    **OF_REVIEWS,
}


def deed(kind: str, act: str) -> Deed:
    """Return how an act of a kind of matter is done; KeyError where the desk knows no such act."""
    return DEEDS[kind][act]
