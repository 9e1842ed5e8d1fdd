"""The words of information requests as data: who asks, by which way, in what form, through which channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.kernel.words import gettext_noop as _

FIRST_TEXT: Final = date(2008, 5, 1)
FIRST_TEXT_ENDS: Final = date(2019, 5, 14)
SECOND_TEXT: Final = date(2019, 5, 15)


@dataclass(frozen=True, slots=True)
class Term:
    """One of a fixed list: our code, the words of the interface, the field's own term."""

    code: str
    label: str
    term: str

    def __str__(self) -> str:
        return self.code


# The columns of the national table, in its order (rulebook 4.4); the terms are exact.
NATURAL_PERSON = Term("natural_person", _("Natural person"), "自然人")
APPLICANT_KINDS = (
    NATURAL_PERSON,
    Term("business", _("Business"), "商业企业"),
    Term("research", _("Research institution"), "科研机构"),
    Term("public_benefit", _("Public-benefit organisation"), "社会公益组织"),
    Term("legal_service", _("Legal-service organisation"), "法律服务机构"),
    Term("other_organisation", _("Other organisation"), "其他"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which a request arrives, and what fixes the day of receipt under each text (FOI-RCV)."""

    code: str
    label: str
    term: str
    fixed_by: str
    fixed_by_2008: str
    needs_confirmation: bool = False
    needs_confirmation_2008: bool = False


_HANDED = _("received on the day on which it was handed in")
_SIGNED = _("received on the day on which the bureau signed for the letter")
_CONFIRMED = _("received on the day on which both sides confirmed it")
_MAIL_SYSTEM = _("received on the day on which the bureau’s mail system took it")
_WRITTEN = _("received on the day on which the office wrote it down and the applicant signed")

# FOI-RCV-HAND, FOI-RCV-MAIL, FOI-RCV-PLAIN, FOI-RCV-NET, FOI-RCV-FAX, FOI-RCV-ORAL:
# FOI 2019 art. 31; before it 国办公开办函〔2015〕207号.
COUNTER = Way("counter", _("At the counter"), "当面提交", _HANDED, _HANDED)
REGISTERED_POST = Way("registered_post", _("Registered post or EMS"), "挂号信或特快专递", _SIGNED, _SIGNED)
ORDINARY_POST = Way("ordinary_post", _("Ordinary post"), "平信", _CONFIRMED, _CONFIRMED, True, True)
WEB = Way("web", _("Form on the site"), "网上申请", _CONFIRMED, _CONFIRMED, True, True)
EMAIL = Way("email", _("E-mail"), "电子邮件", _CONFIRMED, _MAIL_SYSTEM, True, False)
FAX = Way("fax", _("Fax"), "传真", _CONFIRMED, _CONFIRMED, True, True)
ORAL = Way("oral", _("Orally, written down by the office"), "口头申请", _WRITTEN, _WRITTEN)
WAYS = (WEB, COUNTER, REGISTERED_POST, ORDINARY_POST, EMAIL, FAX, ORAL)

# FOI 2019 art. 29: the form wanted, and how to get it.
FORMS_WANTED = (
    Term("electronic", _("Electronic"), "电子"),
    Term("paper", _("On paper"), "纸质"),
    Term("inspection", _("To read at the bureau"), "现场查阅"),
)
DELIVERIES = (
    Term("site", _("On this site, by the follow-up code"), "网站获取"),
    Term("email", _("By e-mail"), "电子邮件"),
    Term("post", _("By post"), "邮寄"),
    Term("pick_up", _("Picked up at the bureau"), "自行领取"),
)

# FOI 2019 art. 43: help for those who have difficulty in reading, seeing or hearing.
HELP = (
    Term("reading", _("Reading or writing is difficult for me"), "阅读或书写有困难"),
    Term("seeing", _("I see badly or not at all"), "视听障碍（视力）"),
    Term("hearing", _("I hear badly or not at all"), "视听障碍（听力）"),
)

IDENTITY_DOCUMENTS = (
    Term("resident_id", _("Resident identity card"), "居民身份证"),
    Term("passport", _("Passport"), "护照"),
    Term("permit", _("Travel or residence permit"), "港澳台居民证件"),
    Term("organisation_code", _("Unified social credit code"), "统一社会信用代码"),
    Term("other", _("Another document"), "其他证件"),
)


@dataclass(frozen=True, slots=True)
class Service:
    """A way in which a reply goes out, and what counts as its day (FOI-SERVE-DAY, FOI-SERVE-NET)."""

    code: str
    label: str
    term: str
    counted_from: str
    needs_mail_number: bool = False


# 国办公开办函〔2016〕235号; by post only through the postal enterprise.
SERVICES = (
    Service("direct", _("Handed over"), "直接送达", _("the day on which the applicant signs")),
    Service("entrusted", _("Through another body"), "委托送达", _("the day on which the applicant signs")),
    Service(
        "post",
        _("By the postal enterprise"),
        "邮寄送达",
        _("the day on which it is handed to the post"),
        needs_mail_number=True,
    ),
    Service(
        "electronic", _("Electronically"), "电子送达", _("the day on which it reaches the applicant’s system")
    ),
)


def way_named(code: object) -> Way | None:
    """Return the way of this code, or None."""
    return next((way for way in WAYS if way.code == code), None)


def service_named(code: object) -> Service | None:
    """Return the way of service of this code, or None."""
    return next((each for each in SERVICES if each.code == code), None)


def receipt_reason(way: Way, version: str) -> str:
    """Return, marked for translation, why the day of receipt is the day it is."""
    return way.fixed_by_2008 if version == "2008" else way.fixed_by


def needs_confirmation(way: Way, version: str) -> bool:
    """Return whether the day of receipt is only fixed when the office has spoken with the applicant."""
    return way.needs_confirmation_2008 if version == "2008" else way.needs_confirmation
