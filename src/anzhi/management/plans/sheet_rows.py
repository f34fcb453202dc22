"""One row of a sheet as a form: the same errors as on a page, named by column."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.management.plans.states import FundType

FUND_TYPES = {
    "征地补偿和移民安置资金": FundType.COMPENSATION,
    "后期扶持-直补": FundType.SUPPORT_DIRECT,
    "后期扶持-项目": FundType.SUPPORT_PROJECT,
    "库区基金": FundType.RESERVOIR_FUND,
    "其他": FundType.OTHER,
}


class AmountField(forms.DecimalField):
    """Yuan with at most two decimals; thousands commas are fine."""

    def to_python(self, value: Any) -> Any:
        """Drop the commas that people write."""
        return super().to_python(value.replace(",", "").replace("，", "") if isinstance(value, str) else value)


class FundTypeField(forms.CharField):
    """One of the Chinese names."""

    def clean(self, value: Any) -> str:
        """The code of the name."""
        name = super().clean(value)
        if name not in FUND_TYPES:
            allowed = "、".join(FUND_TYPES)
            raise forms.ValidationError(_("Not a type of fund; one of %(allowed)s.") % {"allowed": allowed})
        return FUND_TYPES[name]


class RowForm(forms.Form):
    """Fields carry the sheet's column names as labels."""

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The header of the sheet."""
        return tuple(str(field.label) for field in cls.base_fields.values())

    @classmethod
    def of(cls, row: dict[str, str]) -> "RowForm":
        """A bound form from a row keyed by column."""
        return cls({name: row[str(field.label)] for name, field in cls.base_fields.items()})


def _amount() -> AmountField:
    return AmountField(
        label="金额（元）",
        min_value=Decimal("0.01"),
        max_digits=18,
        decimal_places=2,
        error_messages={"max_decimal_places": gettext_lazy("A part of a fen: give at most two decimals.")},
    )


class LineRow(RowForm):
    """A plan line."""

    number = forms.CharField(label="计划行号", max_length=40)
    year = forms.IntegerField(label="年度", min_value=2006, max_value=2100)
    agency = forms.CharField(label="单位")
    project_code = forms.CharField(label="工程编码", required=False, max_length=30)
    project_name = forms.CharField(label="工程名称", required=False, max_length=80)
    fund_type = FundTypeField(label="资金类型")
    purpose = forms.CharField(label="用途", max_length=60)
    amount = _amount()
    document = forms.CharField(label="文号", max_length=60)
    approved_on = forms.DateField(label="批准日期")


class AllocationRow(RowForm):
    """An allocation."""

    number = forms.CharField(label="拨付编号", max_length=60)
    line = forms.CharField(label="计划行号", required=False)
    upstream = forms.CharField(label="上级拨付编号", required=False)
    from_agency = forms.CharField(label="拨出单位")
    to_agency = forms.CharField(label="接收单位")
    fund_type = FundTypeField(label="资金类型")
    amount = _amount()
    document = forms.CharField(label="拨款文号", max_length=60)
    issued_on = forms.DateField(label="拨付日期")
    due_on = forms.DateField(label="应到日期")

    def clean(self) -> dict[str, Any]:
        """Dates in order, two different offices."""
        data = super().clean() or {}
        issued, due = data.get("issued_on"), data.get("due_on")
        if issued and due and due < issued:
            self.add_error("due_on", _("The due date lies before the date of issue."))
        if data.get("from_agency") and data["from_agency"] == data.get("to_agency"):
            self.add_error("to_agency", _("Sender and receiver are the same office."))
        return data
