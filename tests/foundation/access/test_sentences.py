"""Every permission and role is said in words, in both languages, and in docs/permissions.md."""

from pathlib import Path

from django.utils.translation import gettext, override

from anzhi.foundation.access import handbook
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES, permissions_of
from anzhi.foundation.access.sentences import SENTENCES, permissions_said, role_name, roles_said

PAGE = Path(__file__).resolve().parents[3] / "docs/permissions.md"


def test_each_permission_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(Permission)


def test_every_sentence_is_translated() -> None:
    said = [handbook.english(permission) for permission in Permission] + [role.sentence for role in ROLES.values()]
    with override("zh-hans"):
        assert [text for text in said if gettext(text) == text] == []


def test_sentences_differ() -> None:
    assert len({handbook.english(permission) for permission in Permission}) == len(Permission)


def test_the_page_says_what_the_lists_say() -> None:
    assert PAGE.read_text() == handbook.render(), "./anzhi manage permissions > docs/permissions.md"


def test_roles_are_named_in_the_reader_s_language() -> None:
    with override("en"):
        assert role_name("leader") == "Leader"
    with override("zh-hans"):
        assert roles_said(["leader"])[0][0] == "领导"


def test_what_one_may_do_comes_in_the_order_of_the_list() -> None:
    with override("en"):
        said = permissions_said(permissions_of(["leader"]))
    assert said[0] == "See the situation board"
    assert len(said) == len(permissions_of(["leader"]))
