"""deploy/kubernetes.yaml agrees with the bot, its image and the guide, and with itself."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot import __version__
from bot.config import Config
from tests.deploy.files import (
    FILLED_IN,
    GUIDE,
    LONGEST_STOP,
    TELEGRAMS_PACE,
    ports_of_the_image,
    read_yaml,
    uid_of_the_image,
)
from tests.test_docs import of_docker, settings_in_code

BY_KIND: dict[str, dict[str, Any]] = {one["kind"]: one for one in read_yaml("kubernetes.yaml")}
DEPLOYMENT = BY_KIND["Deployment"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
(BOT,) = POD["containers"]
LABELS = DEPLOYMENT["template"]["metadata"]["labels"]


def secret_keys() -> dict[str, str]:
    """Setting and key of each that comes from the Secret."""
    froms = {
        one["name"]: one["valueFrom"]["secretKeyRef"] for one in BOT["env"] if "valueFrom" in one
    }
    assert {source["name"] for source in froms.values()} == {"immunomodulator-bot"}
    return {name: source["key"] for name, source in froms.items()}


def settings() -> dict[str, str]:
    given = {one["name"]: one["value"] for one in BOT["env"] if "value" in one}
    return given | {name: FILLED_IN[key] for name, key in secret_keys().items()}


def port_of(probe: str) -> str:
    return str(BOT[probe]["httpGet"]["port"])


def test_the_bot_takes_its_settings() -> None:
    assert settings().keys() <= settings_in_code()
    config = Config.from_environment(settings())
    assert config.token
    assert config.webhook
    assert len(BOT["env"]) == len(settings())


def test_secrets_come_from_the_secret_that_the_guide_makes() -> None:
    assert secret_keys().keys() == {"BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL"}
    assert "kubectl create secret generic immunomodulator-bot " in GUIDE
    literals = re.findall(r"--from-literal=([A-Z_]+)=", GUIDE)
    assert sorted(literals) == sorted(secret_keys().values())


def test_it_listens_where_it_is_looked_for() -> None:
    (port,) = ports_of_the_image()
    (named,) = BOT["ports"]
    assert str(named["containerPort"]) == port
    assert settings()["LISTEN"] == f"0.0.0.0:{port}"
    scraped = DEPLOYMENT["template"]["metadata"]["annotations"]
    assert scraped["prometheus.io/port"] == port
    assert scraped["prometheus.io/path"] == "/metrics"
    (served,) = BY_KIND["Service"]["spec"]["ports"]
    looked_for = {port_of(f"{name}Probe") for name in ("startup", "liveness", "readiness")}
    assert looked_for | {served["targetPort"]} == {named["name"]}


def test_what_is_alive_is_not_restarted_and_what_is_ready_gets_work() -> None:
    paths = {name: BOT[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "liveness")}
    assert set(paths.values()) == {"/healthz"}
    assert BOT["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_the_pods_are_those_that_the_others_mean() -> None:
    spread = POD["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"]
    budget = BY_KIND["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]
    selectors = [DEPLOYMENT["selector"]["matchLabels"], spread, budget]
    assert [*selectors, BY_KIND["Service"]["spec"]["selector"]] == [LABELS] * 4


def test_the_ingress_leads_the_path_of_the_webhook_to_the_service_and_nothing_else() -> None:
    webhook = urlsplit(settings()["WEBHOOK_URL"])
    ingress = BY_KIND["Ingress"]["spec"]
    (rule,) = ingress["rules"]
    (path,) = rule["http"]["paths"]
    assert (rule["host"], path["path"], path["pathType"]) == (
        webhook.hostname,
        webhook.path,
        "Exact",
    )
    assert ingress["tls"][0]["hosts"] == [webhook.hostname]
    assert ingress["tls"][0]["secretName"] in GUIDE
    service = path["backend"]["service"]
    assert service["name"] == BY_KIND["Service"]["metadata"]["name"]
    assert service["port"]["name"] == BY_KIND["Service"]["spec"]["ports"][0]["name"]


def test_two_copies_are_rolled_one_by_one_and_never_both_away() -> None:
    assert DEPLOYMENT["replicas"] == 2
    assert DEPLOYMENT["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert 1 <= BY_KIND["PodDisruptionBudget"]["spec"]["minAvailable"] < DEPLOYMENT["replicas"]
    assert int(settings()["MESSAGES_PER_SECOND"]) * DEPLOYMENT["replicas"] <= TELEGRAMS_PACE


def test_it_is_given_the_time_to_finish() -> None:
    before = BOT["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert POD["terminationGracePeriodSeconds"] > before + LONGEST_STOP


def test_it_runs_read_only_and_without_rights() -> None:
    """What the Pod Security Standard "restricted" asks, and a root that is read-only."""
    assert POD["automountServiceAccountToken"] is False
    pod, container = POD["securityContext"], BOT["securityContext"]
    assert pod["runAsNonRoot"] is True
    assert pod["runAsUser"] == uid_of_the_image()
    assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_what_is_mounted_is_where_the_image_and_the_settings_say() -> None:
    (volume,) = of_docker("VOLUME")
    at = {mount["name"]: mount["mountPath"] for mount in BOT["volumeMounts"]}
    assert at.keys() == {one["name"] for one in POD["volumes"]}
    assert at["data"] == volume
    file = settings()["HELPLINES_OVERRIDE"]
    assert file.startswith(f"{at['overrides']}/")
    (overrides,) = [one["configMap"] for one in POD["volumes"] if "configMap" in one]
    name = file.rpartition("/")[2]
    assert f"kubectl create configmap {overrides['name']} --from-file={name}`" in GUIDE
    assert overrides["optional"] is True


def test_it_has_memory_and_a_share_of_a_processor() -> None:
    assert BOT["resources"]["requests"].keys() == {"cpu", "memory"}
    assert "memory" in BOT["resources"]["limits"]


@pytest.mark.parametrize("text", [BOT["image"], *re.findall(r"registry\.\S+:[\d.]+", GUIDE)])
def test_the_image_is_that_of_this_version(text: str) -> None:
    assert text == f"registry.example.org/immunomodulator-bot:{__version__}"
