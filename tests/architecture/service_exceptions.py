"""Public functions of services that are no verbs of a person, each with its reason. Keep the list short."""

JOB = "runs in a job, as the system: the job was asked for through a verb, and leaves its own event"
STEP = "one step of a verb, in its transaction: the verb asks the gate and leaves the event"
PORT = "the plumbing under every verb: it knows rows and queues, no acts; its callers ask and record"
FILED = "a file for something: the files service it calls asks once more and leaves `file.added` on that thing"

EXCEPTIONS: dict[str, str] = {
    "foundation.accounts.services.sessions:drop_sessions": STEP,
    "foundation.files.services:name_raw": PORT,
    "foundation.files.services:unname_raw": PORT,
    "foundation.files.services:write_raw": PORT,
    "foundation.jobs.services:enqueue": PORT,
    "foundation.jobs.services:progress": PORT,
    "foundation.jobs.services:transaction_of": PORT,
    "foundation.live.services:publish": PORT,
    "foundation.live.services:publish_in": PORT,
    "foundation.live.services:prune": JOB,
    "foundation.search.services:index": PORT,
    "foundation.search.services:remove": PORT,
    "foundation.search.services:rebuild": JOB,
    "foundation.workflow.services.sweeping:sweep": JOB,
    "foundation.workflow.services.sweeping:follow_calendar": JOB,
    "foundation.workflow.services.sweeping:forget_receipts": JOB,
    "management.plans.services:settle": STEP,
    "network.indicators.services:refresh": STEP,
    "network.indicators.services:gathered": STEP,
    "network.projects.services.milestones:add_photo": FILED,
    "network.projects.services.milestones:add_document": FILED,
    "network.sites.services:add_photo": FILED,
    "supervision.alerts.services.acts:allowed": "asks whether an act is allowed; changes nothing",
    "supervision.alerts.services.following:ask": STEP,
    "supervision.alerts.services.imports:follow_import": STEP,
    "supervision.alerts.services.news:tell": STEP,
    "supervision.alerts.services.versions:may_publish": "asks whether a draft may be published; changes nothing",
    "supervision.funds.services.banks:load": "reference data, loaded by the command that sets up a database",
    "supervision.funds.services.covering:lock": STEP,
    "supervision.funds.services.covering:cover": STEP,
    "supervision.funds.services.filing:may_confirm": "asks whether a filing may be confirmed; changes nothing",
    "supervision.funds.services.importing:import_file": JOB,
    "supervision.funds.services.importing:refuse": JOB,
    "supervision.funds.services.learning:learn": JOB,
    "supervision.funds.services.matching:match_landed": STEP,
    "supervision.funds.services.matching:match_accounts": STEP,
    "supervision.funds.services.receiving:renew": JOB,
    "supervision.funds.services.receiving:resume": JOB,
    "supervision.funds.services.staging:stage": STEP,
    "supervision.funds.services.storing:store": STEP,
}
