"""Every act as a function of the work, the task it is done on, and what is said."""

from collections.abc import Callable

from anzhi.foundation.access.permissions import Permission as P
from anzhi.foundation.workflow.engine.acts import (
    deciding,
    halting,
    looking,
    passing_on,
    sending_back,
    signing,
    taking_back,
)
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.states import Act

Handler = Callable[[Work, Task, Said], None]
CaseHandler = Callable[[Work, Said], None]

# on one's own open task
ON_TASK: dict[Act, Handler] = {
    Act.PASS: deciding.decide,
    Act.REJECT: deciding.reject,
    Act.VOTE: deciding.vote,
    Act.ANSWER: signing.answer,
    Act.RETURN: sending_back.send_back,
    Act.ADD_SIGN: signing.add_sign,
    Act.TRANSFER: passing_on.transfer,
    Act.OPEN: looking.open_task,
    Act.TERMINATE: halting.terminate,
}
# on a task that need not be one's own: each says who may
ON_ANY_TASK: dict[Act, Handler] = {
    Act.WITHDRAW: taking_back.withdraw,
    Act.REDUCE_SIGN: signing.reduce_sign,
    Act.ASSIGN: passing_on.assign,
    Act.URGE: looking.urge,
}
# on a case
ON_CASE: dict[Act, CaseHandler] = {
    Act.CC: looking.send_copies,
    Act.READ: looking.read,
    Act.PAUSE: halting.pause,
    Act.RESUME: halting.resume,
}
PERMISSIONS: dict[Act, P] = {
    Act.ASSIGN: P.CASE_SUPERVISE,
    Act.PAUSE: P.CASE_SUPERVISE,
    Act.RESUME: P.CASE_SUPERVISE,
    Act.READ: P.CASE_VIEW,
}
# done with a paused or an ended case too
ALWAYS = {Act.READ, Act.CC}


def permission(act: Act) -> P:
    """What an act takes, before the desk is looked at."""
    return PERMISSIONS.get(act, P.CASE_ACT)
