#!/usr/bin/env python3
"""Lets schemathesis ask a real duxue whatever the OpenAPI document allows, and much that it does not.

Starts a service of its own on a free port, with an institution, a class and some people in it, and asks as a manager and
as an institution. Fails on any 5xx, and on any answer that the document does not describe. Bounded in time (DUXUE_FUZZ_SECONDS
for each of the two, 90 by default); its phase "coverage" goes through all operations in about 40.

    scripts/fuzz_api.py PATH-TO-DUXUE [PATH-TO-SCHEMATHESIS]
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "api" / "openapi.json"
PASSWORD = "correct horse battery"
# What an answer is held against. That a wrong request is refused and a right one taken is the Rust tests' to say: the
# document cannot tell a rule of the notice.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# These end the sign-in that everything else is asked with, open a socket, connect to made-up hosts, or rightly answer 503
# as there is no camera.
LEFT_OUT = ["/sign-out", "/cameras/{id}/live", "/cameras/{id}/snapshot.jpg", "/cameras/try"]
SECONDS = int(os.environ.get("DUXUE_FUZZ_SECONDS", "90"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Caller:
    """Somebody who is signed in."""

    def __init__(self, base, username):
        self.base, self.cookie = base, None
        body = {"username": username, "password": PASSWORD}
        with self.send("POST", "/sign-in", body) as answer:
            self.cookie = answer.headers["set-cookie"].split(";")[0]

    def send(self, method, path, body=None):
        headers = {"content-type": "application/json"}
        if self.cookie:
            headers["cookie"] = self.cookie
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        return urllib.request.urlopen(request, timeout=30)

    def ask(self, method, path, body=None):
        with self.send(method, path, body) as answer:
            return json.load(answer)


def add_user(binary, config, *arguments):
    command = [binary, "user", "add", "--config", config, *arguments]
    subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)


def configure(folder, port):
    config = folder / "duxue.toml"
    # No cameras and no models: what is tested is what is asked and answered.
    config.write_text(
        f'listen = "127.0.0.1:{port}"\ndata_dir = "{folder}/data"\n'
        "[analysis]\nenabled = false\n"
        "[pace]\naddress_per_second = 100000\nsign_in_per_second = 100000\n"
    )
    return str(config)


def wait(base, service):
    for _ in range(240):
        if service.poll() is not None:
            sys.exit("duxue ended before it was ready")
        try:
            with urllib.request.urlopen(base + "/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    sys.exit("duxue was not ready within a minute")


def furnish(manager, liaison):
    """Something of the kinds that most routes are about: their identities, by the first part of the path."""
    institution = manager.ask("GET", "/institutions")["items"][0]["id"]
    venue = manager.ask("POST", "/venues", {"institution_id": institution, "name": "一号教室"})["id"]
    camera = {"venue_id": venue, "name": "前", "main_url": "rtsp://192.0.2.1/a"}
    first, last = "2024-10-08", "2025-01-10"
    new = {"institution_id": institution, "name": "电工一班", "major": "电工", "starts_on": first, "ends_on": last}
    group = manager.ask("POST", "/classes", new)["id"]
    session = {"venue_id": venue, "starts_at": f"{first}T01:00:00Z", "ends_at": f"{first}T04:00:00Z"}
    manager.ask("POST", f"/classes/{group}/sessions", session)
    student = {"name": "学员甲", "sex": "male", "number": "01", "face_consent": True}
    return {
        "institutions": institution,
        "venues": venue,
        "cameras": manager.ask("POST", "/cameras", camera)["id"],
        "classes": group,
        "students": liaison.ask("POST", f"/classes/{group}/students", student)["id"],
        "users": liaison.ask("GET", "/me")["user_id"],
        "devices": manager.ask("POST", "/devices", {"venue_id": venue, "name": "门口"})["device"]["id"],
    }


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def steer(folder, things, who):
    """Tells schemathesis which identities there are, so that it comes further than 404."""
    lines = []
    for path in json.loads(DOCUMENT.read_text())["paths"]:
        kind = path.split("/")[1]
        if "{id}" not in path or kind not in things:
            continue
        # The people who ask stay as they are.
        if kind == "users":
            continue
        lines += ["[[operations]]", f"include-path = {quoted(path)}", f'parameters = {{ "path.id" = {quoted(things[kind])} }}', ""]
    config = folder / f"schemathesis-{who}.toml"
    config.write_text("\n".join(lines))
    return str(config)


def fuzz(schemathesis, base, folder, who, caller, things):
    left_out = [part for path in LEFT_OUT for part in ("--exclude-path", path)]
    command = [
        schemathesis, "--config-file", steer(folder, things, who), "run", str(DOCUMENT), "--url", base,
        "--header", f"Cookie:{caller.cookie}", "--checks", CHECKS, "--phases", "coverage",
        "--workers", "2", "--seed", "1", "--no-shrink", "--max-failures", "1",
        "--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "20", *left_out,
    ]  # fmt: skip
    print(f"== as {who}", flush=True)
    try:
        return subprocess.run(command, cwd=folder, timeout=SECONDS).returncode
    except subprocess.TimeoutExpired:
        # It ends itself at the first failure: until now there was none.
        print(f"stopped after {SECONDS} seconds; nothing wrong was found until then", flush=True)
        return 0


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    schemathesis = sys.argv[2] if len(sys.argv) > 2 else "schemathesis"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="duxue-fuzz-"))
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    config = configure(folder, port)
    add_user(binary, config, "--username", "manager", "--name", "经理", "--role", "manager")
    add_user(binary, config, "--username", "liaison", "--name", "联络员", "--role", "institution", "--institution", "一校")
    log = open(folder / "duxue.log", "w")
    service = subprocess.Popen([binary, "serve", "--config", config], stdout=log, stderr=subprocess.STDOUT)
    failed = True
    try:
        wait(base, service)
        api = base + "/api/v1"
        people = {"manager": Caller(api, "manager"), "institution": Caller(api, "liaison")}
        things = furnish(*people.values())
        codes = [fuzz(schemathesis, api, folder, who, caller, things) for who, caller in people.items()]
        if service.poll() is not None:
            sys.exit("duxue ended while it was asked")
        failed = any(codes)
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(timeout=30)
        if failed:
            print(f"--- duxue's log is {folder}/duxue.log")
    if failed:
        sys.exit(1)
    subprocess.run(["rm", "-rf", str(folder)], check=True)


if __name__ == "__main__":
    main()
