"""The roles that staff hold, and where each must be held to count for a matter."""

from __future__ import annotations

from sunshine.kernel import procedure
from sunshine.kernel.words import gettext_noop as _

DRAFTER = procedure.Role("drafter", _("Drafter"), procedure.MATTER_DEPARTMENT)
DEPARTMENT_HEAD = procedure.Role("department_head", _("Head of department"), procedure.MATTER_DEPARTMENT)

OFFICE_CLERK = procedure.Role("office_clerk", _("Disclosure officer"), procedure.OFFICE)
OFFICE_HEAD = procedure.Role("office_head", _("Head of the disclosure office"), procedure.OFFICE)
DIRECTORY_KEEPER = procedure.Role("directory_keeper", _("Keeper of the directory"), procedure.OFFICE)

PROOFREADER = procedure.Role("proofreader", _("Proofreader"), procedure.BUREAU)
PRIVACY_REVIEWER = procedure.Role("privacy_reviewer", _("Privacy reviewer"), procedure.BUREAU)
CONFIDENTIALITY_REVIEWER = procedure.Role(
    "confidentiality_reviewer", _("Confidentiality reviewer"), procedure.BUREAU
)
LEGAL_REVIEWER = procedure.Role("legal_reviewer", _("Legality reviewer"), procedure.BUREAU)
LEADER = procedure.Role("leader", _("Leader of the bureau"), procedure.BUREAU)
ADMINISTRATOR = procedure.Role("administrator", _("Administrator"), procedure.BUREAU)

ROLES = (
    DRAFTER,
    DEPARTMENT_HEAD,
    OFFICE_CLERK,
    OFFICE_HEAD,
    DIRECTORY_KEEPER,
    PROOFREADER,
    PRIVACY_REVIEWER,
    CONFIDENTIALITY_REVIEWER,
    LEGAL_REVIEWER,
    LEADER,
    ADMINISTRATOR,
)
