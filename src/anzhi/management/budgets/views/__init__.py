"""Pages of budgets and of requests to spend."""

from anzhi.management.budgets.views.budgets import (
    BudgetAnswer,
    BudgetApprove,
    BudgetClose,
    BudgetList,
    BudgetNew,
    BudgetPage,
    BudgetRefine,
)
from anzhi.management.budgets.views.expenses import (
    ExpenseAgree,
    ExpenseList,
    ExpenseNew,
    ExpensePage,
    ExpensePay,
    ExpenseRefuse,
    ExpenseWithdraw,
)
from anzhi.management.budgets.views.lines import LineAdjust, LineDrop, LineNew, LinePage

__all__ = [
    "BudgetAnswer",
    "BudgetApprove",
    "BudgetClose",
    "BudgetList",
    "BudgetNew",
    "BudgetPage",
    "BudgetRefine",
    "ExpenseAgree",
    "ExpenseList",
    "ExpenseNew",
    "ExpensePage",
    "ExpensePay",
    "ExpenseRefuse",
    "ExpenseWithdraw",
    "LineAdjust",
    "LineDrop",
    "LineNew",
    "LinePage",
]
