// Fetches the page again every few seconds and puts in what has changed; draws the plot; asks before a deed that cannot be undone.
(function () {
  "use strict";

  var EVERY_MS = 3000;
  var plot = null;
  var drawn = "";

  function style(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw() {
    var place = document.getElementById("plot");
    var source = document.getElementById("series");
    if (!place || !source || !window.uPlot) {
      return;
    }
    var text = source.dataset.series;
    var look = text + place.clientWidth + style("--ink");
    if (look === drawn) {
      return;
    }
    drawn = look;
    var series = JSON.parse(text);
    var axis = { stroke: style("--quiet"), grid: { stroke: style("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    if (plot) {
      plot.destroy();
    }
    plot = new window.uPlot({
      width: place.clientWidth,
      height: 180,
      tzDate: function (seconds) { return window.uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"); },
      cursor: { y: false },
      legend: { show: false },
      scales: { y: { range: function (u, low, high) { return [0, Math.max(4, high)]; } } },
      axes: [Object.assign({}, axis, { values: "{HH}:{mm}" }), Object.assign({}, axis, { size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] })],
      series: [
        {},
        { label: "done", stroke: style("--good"), fill: style("--good-soft"), width: 2, paths: window.uPlot.paths.stepped({ align: 1 }), points: { show: false } },
        { label: "failed", stroke: style("--bad"), fill: style("--bad-soft"), width: 2, paths: window.uPlot.paths.stepped({ align: 1 }), points: { show: false } }
      ]
    }, [series.t, series.done, series.failed], place);
  }

  function say(text) {
    var place = document.getElementById("live");
    if (place && place.textContent !== text) {
      place.textContent = text;
    }
  }

  // What has the focus, or is being scrolled or selected, is left alone until it has not.
  function isInUse(part) {
    var selection = document.getSelection();
    return part.contains(document.activeElement) || (selection && !selection.isCollapsed && part.contains(selection.anchorNode));
  }

  function put(fresh) {
    document.querySelectorAll("[data-live]").forEach(function (part) {
      var next = fresh.querySelector('[data-live="' + part.dataset.live + '"]');
      if (next && next.innerHTML !== part.innerHTML && !isInUse(part)) {
        var scrolled = Array.prototype.map.call(part.querySelectorAll(".scroll"), function (table) { return table.scrollLeft; });
        part.innerHTML = next.innerHTML;
        part.querySelectorAll(".scroll").forEach(function (table, i) { table.scrollLeft = scrolled[i] || 0; });
      }
    });
  }

  function refresh() {
    if (document.hidden) {
      return Promise.resolve();
    }
    return fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok) {
          throw new Error("status " + answer.status);
        }
        return answer.text();
      })
      .then(function (text) {
        put(new DOMParser().parseFromString(text, "text/html"));
        draw();
        say("Live");
      })
      .catch(function () { say("The gateway does not answer; what you see is old."); });
  }

  function again() {
    refresh().then(function () { setTimeout(again, EVERY_MS); });
  }

  document.addEventListener("submit", function (event) {
    var question = event.target.dataset.ask;
    if (question && !window.confirm(question)) {
      event.preventDefault();
    }
  });
  window.addEventListener("resize", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.addEventListener("visibilitychange", refresh);

  draw();
  if (document.querySelector("[data-live]")) {
    say("Live");
    setTimeout(again, EVERY_MS);
  }
})();
