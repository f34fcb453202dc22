"""What is known to go wrong with bank statements and public money, case by case, and the test that holds each.

The numbers are those of the list this system was built against. A case that a later part must hold stands in
`LATER` with the part it waits for; a test that is renamed or lost fails here.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
FUNDS, READERS, ALERTS = "supervision/funds", "supervision/funds/readers", "supervision/alerts"

HELD: dict[int, tuple[str, ...]] = {
    # files
    1: (f"{FUNDS}/test_importing::the_same_bytes_again_are_known_and_change_nothing",),
    2: (f"{FUNDS}/test_bad_files::the_same_file_under_another_name_is_known",),
    3: (
        f"{FUNDS}/test_bad_files::overlapping_periods_keep_each_row_once",
        f"{FUNDS}/test_idempotence::any_cutting_gives_the_same_rows",
    ),
    4: (
        f"{FUNDS}/test_importing::twins_stay_two_also_when_periods_overlap",
        f"{FUNDS}/test_bad_files::two_equal_payments_of_a_day_are_two_also_when_told_again",
    ),
    5: (f"{FUNDS}/test_importing::a_late_entry_finds_its_old_day",),
    6: (f"{FUNDS}/test_bad_files::an_unknown_account_beside_a_known_one_stores_neither",),
    7: (f"{FUNDS}/test_importing::two_accounts_in_one_file",),
    8: (f"{FUNDS}/test_bad_files::an_empty_statement_extends_coverage_and_nothing_else",),
    9: (
        f"{READERS}/test_truncation::camt",
        f"{READERS}/test_truncation::xls",
        f"{READERS}/test_roundtrip::a_cut_camt_file_never_passes",
        f"{FUNDS}/test_real_files::a_truncated_file_leaves_nothing",
    ),
    10: (
        f"{READERS}/test_mt::line_ends_and_marks_do_not_matter",
        f"{READERS}/test_sheets::encodings_and_line_ends",
        f"{READERS}/test_sheets::icbc_reads_through_tabs_and_a_red_reversal",
        f"{READERS}/test_sheets::full_width_digits_and_spaces",
    ),
    11: (
        f"{READERS}/test_mt::encodings_are_told_apart",
        f"{READERS}/test_detect::encodings_of_lists",
        f"{READERS}/test_camt_attacks::a_wrong_declared_encoding_is_refused",
    ),
    12: (f"{READERS}/test_sheets::amounts_as_banks_write_them", f"{READERS}/test_mt::amounts_with_a_comma_anywhere"),
    13: (
        f"{READERS}/test_camt::five_decimals_stay_exact",
        f"{READERS}/test_camt::a_negative_amount_beside_a_side_is_refused",
        f"{READERS}/test_camt::what_is_no_amount_is_refused_with_its_line",
    ),
    14: (f"{READERS}/test_mt::reversals_move_money_the_other_way",),
    15: (f"{READERS}/test_camt::a_reversal_is_only_a_flag",),
    16: (f"{FUNDS}/test_importing::a_pending_row_moves_forward_and_stays_one",),
    17: (f"{READERS}/test_mt::dates_turn_the_year_and_know_february",),
    18: (
        f"{READERS}/test_mt::a_wrapped_entry_line_is_joined",
        f"{READERS}/test_mt::a_wrapped_time_of_day_is_no_field",
        f"{READERS}/test_mt::structured_information_wherever_it_wraps",
        f"{READERS}/test_mt::control_characters_are_dropped",
    ),
    19: (
        f"{READERS}/test_camt::the_namespace_does_not_matter",
        f"{READERS}/test_camt::every_message_and_version_reads_alike",
        f"{READERS}/test_camt::a_missing_side_is_refused_with_its_line",
        f"{READERS}/test_camt::a_moment_gives_day_and_time_of_the_banks_clock",
    ),
    20: (
        f"{READERS}/test_camt_attacks::an_external_entity_is_refused_unread",
        f"{READERS}/test_camt_attacks::a_billion_laughs_are_refused",
        f"{READERS}/test_camt_attacks::an_external_dtd_is_refused",
        f"{READERS}/test_camt_attacks::an_endless_text_is_refused",
        f"{READERS}/test_archives::a_bomb_is_refused_before_it_is_unpacked",
    ),
    21: (
        "foundation/web/test_export::no_text_is_ever_a_formula",
        f"{FUNDS}/test_exports::a_counterparty_is_never_a_formula",
    ),
    22: (
        f"{READERS}/test_sheets::the_header_may_stand_anywhere",
        f"{READERS}/test_sheets::xlsx_with_a_merged_title_numbers_and_dates",
        f"{READERS}/test_sheets::an_account_that_became_a_number_is_refused_with_the_cure",
        f"{READERS}/test_columns::a_row_with_a_day_that_is_only_called_a_sum_is_never_lost",
    ),
    23: (
        f"{FUNDS}/test_bad_files::yuan_are_the_only_money",
        f"{FUNDS}/test_real_files::a_file_in_euro_is_refused_by_name",
    ),
    24: (
        f"{FUNDS}/test_bad_files::an_opening_that_is_not_the_closing_before_is_shown_with_both",
        f"{FUNDS}/test_importing::a_broken_chain_is_kept_and_flagged_until_the_missing_file_comes",
    ),
    25: (
        f"{READERS}/test_camt::details_that_do_not_add_up_are_remarked",
        f"{FUNDS}/test_bad_files::parts_that_do_not_add_up_are_kept_at_the_level_of_the_entry",
    ),
    26: (
        f"{FUNDS}/test_bad_files::numbers_that_are_skipped_are_missing",
        f"{FUNDS}/test_bad_files::a_late_statement_fills_the_gap_in_the_numbers",
    ),
    27: (f"{FUNDS}/test_bad_files::a_reference_with_another_amount_keeps_both_and_marks_both",),
    28: (f"{FUNDS}/test_bad_files::a_correction_and_the_right_entry_leave_the_right_sum",),
    # money
    30: (
        "management/plans/test_sheets::no_more_is_allocated_than_planned",
        "management/plans/test_chains_of_sheets::a_line_is_not_exceeded_by_money_that_came_another_way",
    ),
    31: (f"{FUNDS}/test_matching::no_more_is_matched_than_was_allocated",),
    35: (f"{FUNDS}/test_matching_edges::a_transfer_told_by_both_banks_counts_once_on_each_side",),
    36: (f"{FUNDS}/test_filing::of_two_who_confirm_at_once_one_has_done_it",),
    37: (
        f"{FUNDS}/test_filing::nobody_confirms_what_they_filed",
        f"{FUNDS}/test_filing::the_database_itself_refuses_one_person_in_both_places",
        f"{ALERTS}/test_versions::publishing_takes_another_person",
    ),
    38: ("foundation/audit/test_door::nothing_of_the_trail_is_changed_by_the_application",),
    39: ("foundation/audit/test_verify::any_byte_of_any_row_counts",),
    40: (
        "foundation/money/test_money::the_limit_is_the_column_s",
        f"{FUNDS}/test_sums::thirteen_billion_yuan_add_up_to_the_fen",
    ),
    # rules
    41: (f"{ALERTS}/test_edges::41_a_fen_under_at_and_over_the_limit",),
    42: (f"{ALERTS}/test_edges::42_an_empty_window_says_nothing_and_accuses_nobody",),
    43: (f"{ALERTS}/test_edges::43_a_day_ends_at_midnight_in_china",),
    44: (f"{ALERTS}/test_edges::44_windows_across_the_year_and_the_leap_day",),
    45: (f"{ALERTS}/test_edges::45_late_data_turns_the_past_with_the_day_it_was_known",),
    46: (f"{ALERTS}/test_edges::46_every_alert_of_a_run_names_one_version",),
    47: (
        f"{ALERTS}/test_engines::any_rows_give_the_same_hash",
        f"{ALERTS}/test_engines::what_is_not_known_is_null_on_both",
    ),
    49: (f"{FUNDS}/test_sums::an_account_that_money_went_through_is_never_deleted",),
    51: (f"{ALERTS}/test_edges::51_once_an_episode_and_again_after_its_end",),
    52: (f"{ALERTS}/test_edges::52_absence_while_the_feed_is_down_is_a_gap_not_a_fault",),
    53: (f"{ALERTS}/test_edges::53_looking_back_finds_what_was_raised",),
    55: (f"{FUNDS}/test_importing::balance_and_coverage_move_forward_only",),
    # system
    67: (
        f"{FUNDS}/test_faults::a_database_that_stops_in_mid_import",
        f"{FUNDS}/test_faults::killed_at_twenty_moments_the_files_are_there_once",
    ),
    68: (
        f"{FUNDS}/test_faults::a_full_disk_is_said_clearly_and_leaves_nothing",
        f"{FUNDS}/test_inbox::a_full_disk_leaves_the_file_for_later",
    ),
    69: (f"{FUNDS}/test_bad_files::a_client_that_lost_the_answer_may_ask_again",),
    70: (f"{FUNDS}/test_receiving::two_importers_of_the_same_two_accounts_wait_and_never_deadlock",),
    73: (
        "foundation/live/test_stream::a_page_that_was_away_gets_what_it_missed_once",
        "foundation/live/test_stream::events_of_a_broken_listening_connection_arrive_after_it_is_back",
    ),
    74: (
        "foundation/audit/test_sealing::a_restored_dump_is_noticed",
        f"{ALERTS}/test_rules::all_alerts_deleted_come_back_the_same",
    ),
    75: (
        "authorization/test_every_address::a_stranger_sees_nothing_whatever_the_role",
        f"{FUNDS}/test_pages::another_county_finds_nothing",
        f"{FUNDS}/test_importing::a_county_cannot_bring_another_countys_statement",
    ),
}
LATER: dict[str, tuple[int, ...]] = {
    "a ledger of payouts (journal, returns, adjustments of plans)": (29, 32, 33, 34),
    "limits on what one rule may raise; putting a subject aside for a time": (48, 50),
    "escalation of a rectification that is overdue": (54,),
    "the subsidy roll": tuple(range(56, 67)),
    "the direct link to the banks": (71, 72),
}


@cache
def functions_in(path: Path) -> set[str]:
    """The names of the tests in a file, methods of classes too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("case", HELD)
def test_each_known_case_has_its_test(case: int) -> None:
    for named in HELD[case]:
        path, name = named.split("::")
        assert f"test_{name}" in functions_in(TESTS / f"{path}.py"), named


def test_no_case_is_forgotten() -> None:
    later = [case for cases in LATER.values() for case in cases]

    assert sorted([*HELD, *later]) == list(range(1, 76))
