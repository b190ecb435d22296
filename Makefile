# `make` alone lists what there is to do.

VERSION := $(shell sed -n 's|^  <version>\(.*\)</version>$$|\1|p' pom.xml)
DOOS    := deploy/target/doos/bin/doos
SOURCES := $(shell find pom.xml README.md CHANGELOG.md LICENSE docs */pom.xml */src/main deploy/dist deploy/examples deploy/setup/find-jdk.sh -type f)
MVNW    := ./mvnw -B -ntp

.DEFAULT_GOAL := help
# In another locale Java could not name files with letters beyond ASCII.
export LC_ALL := C.UTF-8
.NOTPARALLEL:
.PHONY: help demo test farm bench bench-format bench-uno storm recovery cluster dist images compose-secrets check-containers doctor format clean check-all setup setup-test

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup $(DOOS) ## run the whole farm once: three report jobs in, their documents in ./out
	@deploy/setup/demo.sh

test: setup-test ## install what the tests need and run everything
	$(MVNW) verify

farm: setup $(DOOS) ## keep a farm running in the foreground, its data in ./data; Ctrl-C stops it
	@DOOS_DATA_DIR="$${DOOS_DATA_DIR:-$(CURDIR)/data}" exec $(DOOS) standalone

# With what the tests use, which the distribution does not have: JODConverter, to compare with.
bench: setup-test $(DOOS) ## measure the farm against bare offices and others' converters; only=writer,reuse,… seconds=5 warm-up=90
	$(MVNW) -q -pl deploy -am test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-class-path -Dspotless.check.skip
	@. deploy/setup/find-jdk.sh && doos_find_java25 && exec "$$JAVA_HOME/bin/java" -cp "deploy/target/test-classes:deploy/target/doos/lib/*:$$(cat deploy/target/test-class-path)" io.doos.deploy.bench.BenchMain $(addprefix only=,$(only)) $(addprefix seconds=,$(seconds)) $(addprefix warm-up=,$(warm-up)) $(DOOS)

bench-format: setup $(DOOS) ## measure warm formatters against Apache FOP in one process
	$(MVNW) -q -pl worker -am test-compile -Dspotless.check.skip
	@. deploy/setup/find-jdk.sh && doos_find_java25 && exec "$$JAVA_HOME/bin/java" -cp "worker/target/test-classes:deploy/target/doos/lib/*" io.doos.worker.format.FormatBench deploy/examples/formatting

# Test classes before the distribution's jars, for programs that are no tests.
WITH_TESTS = $(MVNW) -q -pl deploy -am test-compile -Dspotless.check.skip && . deploy/setup/find-jdk.sh && doos_find_java25 && \
	exec "$$JAVA_HOME/bin/java" -cp "deploy/target/test-classes:common/target/test-classes:deploy/target/doos/lib/*"

bench-uno: setup-test $(DOOS) ## measure what the UNO door costs: per call, lease and session, SECONDS=60 of each
	$(MVNW) -q -pl worker -am test-compile -Dspotless.check.skip
	@. deploy/setup/find-jdk.sh && doos_find_java25 && cd worker && exec "$$JAVA_HOME/bin/java" -cp "target/test-classes:../common/target/test-classes:../deploy/target/doos/lib/*" io.doos.worker.uno.UnoBenchMain $(or $(SECONDS),60)

storm: setup-test $(DOOS) ## jobs while all is killed, frozen and cut at random, for MINUTES=60; SEED= for one again
	@$(WITH_TESTS) io.doos.deploy.storm.StormMain $(or $(MINUTES),60) $(SEED)

recovery: setup-test $(DOOS) ## measure how long the farm takes to recover from the loss of each part
	@$(WITH_TESTS) io.doos.deploy.storm.RecoveryMain

cluster: setup-test $(DOOS) ## run the farm on a RabbitMQ cluster that loses each of its three nodes in turn
	@$(WITH_TESTS) io.doos.deploy.storm.ClusterMain

dist: setup $(DOOS) ## build the distribution: deploy/target/doos-<version>.zip and .tar.gz
	@ls -l deploy/target/doos-$(VERSION).zip deploy/target/doos-$(VERSION).tar.gz

images: dist ## build the container images doos-gateway and doos-worker from the distribution
	docker build --build-arg VERSION=$(VERSION) -f deploy/docker/Dockerfile --target gateway -t doos-gateway .
	docker build --build-arg VERSION=$(VERSION) -f deploy/docker/Dockerfile --target worker -t doos-worker .

compose-secrets: ## make the passwords and keys that compose.yaml asks for, in ./.env
	@deploy/docker/secrets.sh

check-containers: setup $(DOOS) ## build the images and run compose.yaml with them, jobs, stops and kills included
	@timeout --kill-after=60 2400 deploy/docker/check.sh

doctor: setup $(DOOS) ## say whether this machine can run the farm, and what to do where it cannot
	@exec $(DOOS) doctor

format: setup ## put the Java sources into the house format
	$(MVNW) -q spotless:apply

clean: ## remove everything that was built (./data and ./out stay)
	rm -rf target */target

check-all: MINUTES = 10
check-all: clean test demo recovery cluster storm check-containers ## what a release must pass: from nothing, then demo, cluster, storm and containers

setup:
	@deploy/setup/install.sh

setup-test:
	@deploy/setup/install.sh test

# The distribution, built when a source is newer, and unpacked to run from.
$(DOOS): $(SOURCES)
	$(MVNW) -q package -Dmaven.test.skip -Dspotless.check.skip
	rm -rf deploy/target/doos
	mkdir -p deploy/target/doos
	tar -xzf deploy/target/doos-$(VERSION).tar.gz -C deploy/target/doos --strip-components=1
	touch $@
