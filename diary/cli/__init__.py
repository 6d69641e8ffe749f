"""Commands, a file per noun: `flask --app wsgi --help` lists them."""

from flask import Flask

from . import (
    appointments,
    audit_seals,
    backups,
    codes,
    demo,
    doctor,
    documents,
    exports,
    hints,
    imports,
    members,
    recount,
    registers,
    results,
    schemes,
    setup,
    worker,
)

COMMANDS = (
    appointments,
    audit_seals,
    backups,
    codes,
    demo,
    doctor,
    documents,
    exports,
    hints,
    imports,
    members,
    recount,
    registers,
    results,
    schemes,
    setup,
    worker,
)


def init_app(app: Flask) -> None:
    """Register every command."""
    for module in COMMANDS:
        module.init_app(app)
