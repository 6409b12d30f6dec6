#!/bin/sh
# Pins the dependencies of pyproject.toml anew, with the hashes of all their wheels. Needs uv.
cd "$(dirname "$0")/.." || exit 2
exec uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --upgrade --output-file action/requirements.txt pyproject.toml
