"""HTTP by noun. Every blueprint is registered here; `ls diary/web` shows what the program does."""

from flask import Flask

from . import assets, compression, errors, formats, frame, ids, security, session, templating
from .accounts.consents import bp as consents
from .accounts.login_slips import bp as login_slips
from .accounts.second_factor import bp as second_factor
from .accounts.views import bp as accounts
from .approvals.views import bp as approvals
from .branches.views import bp as branches
from .bulk_papers.views import bp as bulk_papers
from .data_requests.own import bp as own_data
from .data_requests.views import bp as data_requests
from .documents.papers import bp as papers
from .documents.verification import bp as verification
from .documents.views import bp as documents
from .entries.evidence import bp as evidence
from .entries.hints import bp as hints
from .entries.preview import bp as previews
from .entries.views import bp as entries
from .evaluations.views import bp as evaluations
from .fees.views import bp as fees
from .fees.views import lists as fee_lists
from .grounds.views import bp as grounds
from .guide.views import bp as guide
from .handovers.views import bp as handovers
from .home.views import bp as home
from .jobs.views import bp as jobs
from .leaves.views import bp as leaves
from .looking_back.views import bp as looking_back
from .members.lists import bp as member_lists
from .members.views import bp as members
from .noted_figures.views import bp as noted_figures
from .noted_figures.views import lists as noted_figure_lists
from .notices.views import bp as notices
from .pledges.views import bp as pledges
from .ratings.ballots import bp as ballots
from .ratings.hall import bp as hall
from .ratings.views import bp as ratings
from .readings.views import bp as readings
from .reminders.calendar import bp as calendar
from .reminders.devices import bp as devices
from .reminders.views import bp as reminders
from .results.views import bp as results
from .reviews.backlog import bp as backlog
from .reviews.comments import bp as saved_comments
from .reviews.lots import bp as review_lots
from .reviews.views import bp as reviews
from .schemes.views import bp as schemes
from .second_looks.views import bp as second_looks
from .settings.views import bp as settings
from .system.log import bp as audit
from .system.views import bp as system
from .training.views import bp as training
from .training.views import lists as training_lists
from .transfers.views import bp as transfers
from .unit_evaluations.desk import bp as unit_approvals
from .unit_evaluations.views import bp as unit_evaluations
from .units.views import bp as units
from .years.views import bp as years

BLUEPRINTS = (
    accounts,
    approvals,
    audit,
    ballots,
    branches,
    bulk_papers,
    calendar,
    consents,
    data_requests,
    devices,
    documents,
    entries,
    evaluations,
    evidence,
    fee_lists,
    fees,
    grounds,
    guide,
    hall,
    handovers,
    hints,
    home,
    jobs,
    leaves,
    looking_back,
    login_slips,
    member_lists,
    members,
    noted_figure_lists,
    noted_figures,
    notices,
    own_data,
    papers,
    pledges,
    ratings,
    previews,
    readings,
    reminders,
    results,
    backlog,
    saved_comments,
    review_lots,
    reviews,
    schemes,
    second_factor,
    second_looks,
    settings,
    system,
    training,
    training_lists,
    transfers,
    unit_approvals,
    unit_evaluations,
    units,
    verification,
    years,
)


def init_app(app: Flask) -> None:
    templating.init_app(app)
    compression.init_app(app)  # first of those after a request, so that it is the last to touch an answer
    ids.init_app(app)
    security.init_app(app)
    session.init_app(app)
    errors.init_app(app)
    formats.init_app(app)
    frame.init_app(app)
    assets.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
