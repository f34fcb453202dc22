"""What the system administrator may change about an office."""

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts.models import Agency, Department
from anzhi.foundation.audit.door import action


def edit_agency(*, by: Actor, agency: Agency, phone: str, address: str, doc_prefix: str) -> Agency:
    """Telephone, address, and the mark before its document numbers."""
    demand(by, Permission.AGENCY_EDIT, on=agency)
    fields = {"phone": phone, "address": address, "doc_prefix": doc_prefix}
    changed = {name: [getattr(agency, name), value] for name, value in fields.items() if getattr(agency, name) != value}
    if not changed:
        return agency
    with action("agency.edited", by=by, on=agency, changed=changed):
        for name, value in fields.items():
            setattr(agency, name, value)
        agency.full_clean()
        agency.save(update_fields=list(fields))
    return agency


def add_department(*, by: Actor, agency: Agency, name: str) -> Department:
    """A new division."""
    demand(by, Permission.AGENCY_EDIT, on=agency)
    department = Department(agency=agency, name=name.strip())
    department.full_clean()
    with action("agency.department_added", by=by, on=agency, name_of_department=department.name):
        department.save()
    return department
