"""Runs the real AWS CLI once for each line of its input, in a fork: to load the CLI takes most of the time of a short call.

A line is JSON: an ID, the arguments, the folder, the environment, and the files for what the CLI prints. The answer is a
line with the ID and the exit code.
"""

import json
import os
import signal
import sys
import traceback

from awscli.clidriver import create_clidriver


# The CLI sets this when it is loaded.
DATA_PATH = os.environ["AWS_DATA_PATH"]


def run(call):
    os.environ.clear()
    os.environ.update(call["environment"], AWS_DATA_PATH=DATA_PATH)
    os.chdir(call["cwd"])
    for fd, path in ((0, os.devnull), (1, call["stdout"]), (2, call["stderr"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), fd)
    sys.argv = ["aws", *call["args"]]
    code = 255
    try:
        code = create_clidriver().main() or 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 255
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


# Whatever the first call would load is there before it.
create_clidriver()
answers = os.dup(1)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    call = json.loads(line)
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.write(answers, f'{call["id"]} {run(call)}\n'.encode())
        os._exit(0)
