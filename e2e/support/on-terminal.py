"""Runs a command on a terminal, and types.

on-terminal.py [SEEN TYPED]... -- COMMAND...: each TYPED is typed once its SEEN has been printed.
Prints all that the terminal showed and ends with the command's exit code.
"""
import os
import pty
import sys

split = sys.argv.index("--")
words, command = sys.argv[1:split], sys.argv[split + 1 :]
steps = [(words[i].encode(), words[i + 1].encode()) for i in range(0, len(words), 2)]

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)

shown = b""
looked = 0
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    shown += chunk
    while steps and (at := shown.find(steps[0][0], looked)) >= 0:
        looked = at + len(steps[0][0])
        os.write(terminal, steps.pop(0)[1])
sys.stdout.write(shown.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
