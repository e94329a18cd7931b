# Two stages: the first installs from the lock, the second runs as nobody in particular, and writes to
# /data only, so that the rest of it may be read-only.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home bot && mkdir /data && chown bot /data
COPY --from=build /venv /venv
WORKDIR /app
COPY content ./content
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/data \
    DATABASE_URL=sqlite:////data/bot.db \
    LISTEN=0.0.0.0:8080
VOLUME /data
USER bot
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "from urllib.request import *; build_opener(ProxyHandler({})).open('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["python", "-m", "bot"]
