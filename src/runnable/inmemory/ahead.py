"""Imports ahead: what a program's first lines import, before it is known when the program runs.

A program begins with the import statements at its head, and a server imports them when it imports
the program. Nothing else of the program is run here.
"""

import ast

from runnable.inmemory.servers import launcher
from runnable.inmemory.threads import outside_loop


def head(source: str) -> ast.Module:
    """A program's import statements, up to the first statement that is another."""
    statements = ast.parse(source).body
    if ast.get_docstring(ast.Module(statements, [])) is not None:
        statements = statements[1:]
    imports: list[ast.stmt] = []
    for statement in statements:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            break
        imports.append(statement)
    return ast.Module(imports, [])


def import_ahead(source: str, server: str) -> None:
    """Import what the program and its server will import; "" is for a server that is not known.

    Raises:
        Exception: whatever an import raises.
    """
    in_loop = launcher(server).IMPORTS_IN_LOOP if server else True
    code = compile(head(source), "<imports>", "exec")
    if in_loop:
        exec(code, {})
    else:
        outside_loop(exec, code, {})
