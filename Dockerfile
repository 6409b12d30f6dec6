# docker build -t keysweep . && docker run --rm --network none --user "$(id -u):$(id -g)" -v "$PWD:/repo:ro" keysweep history
FROM python:3.13-alpine AS build
WORKDIR /src
COPY action/requirements.txt action/requirements.txt
RUN python -m venv /opt/keysweep \
 && /opt/keysweep/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: --no-deps -r action/requirements.txt
# No build step, and so no build tool to trust: the package is copied as it lies.
COPY scanner /opt/keysweep/share/keysweep/scanner
COPY patterns /opt/keysweep/share/keysweep/patterns
RUN /opt/keysweep/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" > /tmp/site \
 && echo /opt/keysweep/share/keysweep > "$(cat /tmp/site)/keysweep.pth" \
 && printf '#!/opt/keysweep/bin/python -I\nimport sys\nfrom scanner.cli import main\nsys.exit(main())\n' > /opt/keysweep/bin/keysweep \
 && chmod 755 /opt/keysweep/bin/keysweep \
 && /opt/keysweep/bin/pip uninstall --yes --quiet pip

FROM python:3.13-alpine
RUN apk add --no-cache git \
 && adduser -D -u 65532 keysweep \
 # git opens only repositories of its own user, and a mounted one belongs to you. keysweep runs no
 # program that a repository names, and there is nothing here but what you mount.
 && git config --system --add safe.directory '*'
COPY --from=build /opt/keysweep /opt/keysweep
ENV PATH=/opt/keysweep/bin:$PATH \
    KEYSWEEP_CACHE_DIR=/tmp/keysweep-cache \
    PYTHONDONTWRITEBYTECODE=1
USER keysweep
WORKDIR /repo
ENTRYPOINT ["keysweep"]
CMD ["--help"]
