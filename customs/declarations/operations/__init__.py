"""Consolidated declarations: drawn up from what has left, handed over, accepted, released, and undone."""

from customs.declarations.operations.deciding import (
    accept_declaration,
    close_declaration,
    release_declaration,
    return_declaration,
    reverse_declaration,
    submit_declaration,
    take_back_declaration,
    void_declaration,
)
from customs.declarations.operations.drawing_up import (
    BatchDeclarationNotAllowed,
    DrawnUp,
    DrawnUpMeanwhile,
    NothingToDeclare,
    draw_up_again,
    draw_up_all,
    draw_up_declaration,
)
from customs.declarations.operations.standing import (
    ChangedSinceDrawnUp,
    require_not_declared,
    require_not_pre_deducted,
)

__all__ = [
    "BatchDeclarationNotAllowed",
    "ChangedSinceDrawnUp",
    "DrawnUp",
    "DrawnUpMeanwhile",
    "NothingToDeclare",
    "accept_declaration",
    "close_declaration",
    "draw_up_again",
    "draw_up_all",
    "draw_up_declaration",
    "release_declaration",
    "require_not_declared",
    "require_not_pre_deducted",
    "return_declaration",
    "reverse_declaration",
    "submit_declaration",
    "take_back_declaration",
    "void_declaration",
]
