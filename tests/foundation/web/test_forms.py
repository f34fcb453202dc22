"""How a form is drawn: label above, unit in the box, errors in place and listed on top with links."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation

from anzhi.foundation.web.fields import MoneyInput, Reason
from anzhi.foundation.web.pages import FormPage


class Payment(forms.Form):
    """One field of each kind."""

    amount = MoneyInput(label="拨付金额", basis="预算法第五十二条", help_text="以批复为准")
    note = forms.CharField(label="备注", required=False)
    way = forms.ChoiceField(label="方式", choices=[("a", "直拨"), ("b", "转拨")], widget=forms.RadioSelect)
    reason = Reason(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture(autouse=True)
def chinese() -> Any:
    """In Chinese."""
    with translation.override("zh-hans"):
        yield


def drawn(form: forms.Form) -> str:
    """The fields of a form."""
    return render_to_string("web/ui/form.html", {"form": form})


def test_labels_units_and_help() -> None:
    text = drawn(Payment())
    assert '<label for="id_amount">拨付金额' in text
    assert '<span class="az-basis">预算法第五十二条</span>' in text
    assert "<span>元</span></span>" in text
    assert 'inputmode="decimal"' in text
    assert '<output class="az-help" for="id_amount" data-echo>' in text
    assert 'id="id_amount_helptext">以批复为准' in text


def test_only_what_may_be_left_out_is_marked() -> None:
    text = drawn(Payment())
    assert text.count("可不填") == 2
    assert "可不填" in text.split('for="id_note"')[1].split("</label>")[0]
    assert "可不填" not in text.split('for="id_amount"')[1].split("</label>")[0]


def test_a_group_has_one_name_and_hidden_fields_none() -> None:
    text = drawn(Payment())
    assert '<span class="az-label" id="id_way_label">方式</span>' in text
    assert text.count('name="token"') == 1
    assert text.index('name="token"') < text.index('class="az-field')


def test_errors_stand_in_place_and_on_top_with_links() -> None:
    form = Payment({"amount": "4120000.001", "way": "x"})
    assert not form.is_valid()
    form.add_error(None, "整张表不行。")
    text = drawn(form)
    top, rest = text.split("</ul>", 1)
    assert "还没有入库，请看：" in top
    assert '<a href="#id_amount">拨付金额</a>' in top
    assert "整张表不行。" in top
    assert 'value="4120000.001"' in rest
    assert 'id="id_amount_error"' in rest
    assert 'aria-invalid="true"' in rest
    assert "az-field-bad" in rest


def test_a_form_without_errors_says_nothing() -> None:
    assert "az-note" not in drawn(Payment({"amount": "1", "way": "a"}))


@pytest.mark.parametrize(
    ("error", "where", "said"),
    [
        (ValidationError("不行。"), "__all__", ["不行。"]),
        (ValidationError({"amount": ["太多。", "太早。"]}), "amount", ["太多。", "太早。"]),
        (ValidationError({"elsewhere": "别处不行。"}), "__all__", ["别处不行。"]),
        (ValidationError(["一。", "二。"]), "__all__", ["一。", "二。"]),
    ],
)
def test_what_a_service_refuses_finds_its_place(error: ValidationError, where: str, said: list[str]) -> None:
    form = Payment({"amount": "1", "way": "a"})
    assert form.is_valid()
    FormPage._blame(FormPage.__new__(FormPage), form, error)
    assert list(form.errors[where]) == said


def test_a_page_of_form_must_say_how_it_saves() -> None:
    with pytest.raises(NotImplementedError):
        FormPage.__new__(FormPage).save(Payment())
