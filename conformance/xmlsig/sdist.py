"""Downloads the source distribution of a package from the index that pip uses: sdist.py NAME VERSION FOLDER.

`pip download` would ask the package how it is built, which runs code; here nothing but the file is wanted. The index and
the authorities are those of pip's configuration, a proxy that of the environment.
"""

import ast
import html
import re
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urldefrag, urljoin


def setting(name, default):
    """What pip would use: the environment before the section of the command before the general one."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout
    settings = dict(line.split("=", 1) for line in listed.splitlines() if "=" in line)
    for section in (":env:", "download", "global"):
        if f"{section}.{name}" in settings:
            return ast.literal_eval(settings[f"{section}.{name}"])
    return default


def main(name, version, folder):
    index = setting("index-url", "https://pypi.org/simple").rstrip("/")
    context = ssl.create_default_context(cafile=setting("cert", None))

    def get(address):
        request = urllib.request.Request(address, headers={"Accept": "text/html"})
        with urllib.request.urlopen(request, timeout=120, context=context) as answer:
            return answer.read(), answer.geturl()

    page, address = get(f"{index}/{name}/")
    for link in re.findall(r"href=[\"']([^\"']+)", page.decode()):
        file, _ = urldefrag(urljoin(address, html.unescape(link)))
        if file.rsplit("/", 1)[-1] == f"{name}-{version}.tar.gz":
            content, _ = get(file)
            Path(folder, f"{name}-{version}.tar.gz").write_bytes(content)
            return
    sys.exit(f"the index of pip has no source distribution of {name} {version}")


try:
    main(*sys.argv[1:])
except OSError as error:
    sys.exit(f"the index of pip cannot be read: {error}")
