FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 ffmpeg fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /portal
COPY requirements.lock package.json package-lock.json .npmrc ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock && npm ci --silent
COPY . .
RUN SECRET_KEY=build FIELD_KEYS=build python manage.py collectstatic --noinput -v 0 \
 && useradd --system portal && mkdir -p /media var && chown portal /media var
USER portal
EXPOSE 8000
