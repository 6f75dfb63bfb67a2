// The search over the whole book, in the browser, over the index that lies beside the pages. Nothing is sent anywhere.
(function () {
  "use strict";
  var MOST = 60;
  var field = document.getElementById("ask");
  var status = document.getElementById("found");
  var list = document.getElementById("results");
  document.getElementById("without").hidden = true;

  function plain(words) {
    return words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’‘]/g, "'").replace(/§+/g, " ").toLowerCase();
  }

  var entries = window.RULE_BOOK.map(function (entry) {
    return { shown: entry, title: plain(entry.t), cited: plain(entry.c), named: plain(entry.n + " " + entry.k), text: plain(entry.x) };
  });

  // How well one word fits an entry; 0 where it does not. A whole word before the beginning of one, before a part of one.
  function fit(word, entry) {
    return place(word, entry.title, 8) || place(word, entry.cited, 6) || place(word, entry.named, 4) || place(word, entry.text, 2);
  }

  function place(word, text, weight) {
    var at = text.indexOf(word);
    if (at < 0) return 0;
    while (at >= 0) {
      var before = at === 0 || !/[a-z0-9.]/.test(text[at - 1]);
      var after = text[at + word.length];
      if (before && (after === undefined || !/[a-z0-9]/.test(after))) return weight + 1;
      if (before) return weight;
      at = text.indexOf(word, at + 1);
    }
    // In the middle of a word only where it is long enough to mean something.
    return word.length > 3 ? weight / 2 : 0;
  }

  // The places that have all the words; with `some`, those that have the most of them.
  function find(asked, some) {
    var words = plain(asked).split(/[\s,;?]+/).filter(Boolean);
    if (!words.length) return [];
    var found = [];
    var most = some ? 1 : words.length;
    entries.forEach(function (entry, order) {
      var fits = words.map(function (word) { return fit(word, entry); }).filter(Boolean);
      if (fits.length < most) return;
      if (some && fits.length > most) {
        most = fits.length;
        found = [];
      }
      found.push({ entry: entry, points: fits.reduce(function (sum, one) { return sum + one; }, 0), order: order });
    });
    found.sort(function (a, b) { return b.points - a.points || a.order - b.order; });
    return found.map(function (one) { return one.entry.shown; });
  }

  // The nearest words of the book to one that is not in it.
  function near(word) {
    var best = [];
    var seen = {};
    entries.forEach(function (entry) {
      (entry.title + " " + entry.text).split(/[^a-z0-9'.]+/).forEach(function (known) {
        if (known.length < 4 || seen[known]) return;
        seen[known] = true;
        var steps = distance(word, known, 2);
        if (steps <= 2) best.push([steps, known]);
      });
    });
    best.sort(function (a, b) { return a[0] - b[0] || (a[1] < b[1] ? -1 : 1); });
    return best.slice(0, 3).map(function (one) { return one[1]; });
  }

  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var row = [];
    for (var j = 0; j <= b.length; j++) row[j] = j;
    for (var i = 1; i <= a.length; i++) {
      var corner = row[0];
      row[0] = i;
      for (j = 1; j <= b.length; j++) {
        var kept = row[j];
        row[j] = Math.min(row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] === b[j - 1] ? 0 : 1));
        corner = kept;
      }
    }
    return row[b.length];
  }

  function line(entry) {
    var item = document.createElement("li");
    var title = document.createElement("a");
    title.href = entry.l;
    title.textContent = entry.t;
    var about = document.createElement("p");
    about.textContent = entry.x.length > 200 ? entry.x.slice(0, 200).replace(/\s\S*$/, "") + " …" : entry.x;
    var where = document.createElement("p");
    where.className = "named";
    where.textContent = entry.k + " · " + entry.c;
    item.append(title, about, where);
    return item;
  }

  function show() {
    var asked = field.value.trim();
    var found = asked ? find(asked, false) : [];
    var all = found.length > 0;
    if (!all && asked) found = find(asked, true);
    list.replaceChildren.apply(list, found.slice(0, MOST).map(line));
    if (!asked) status.textContent = "";
    else if (found.length) {
      var count = found.length === 1 ? "1 place" : found.length + " places";
      var best = found.length > MOST ? ", the best " + MOST + " of them below." : ".";
      status.textContent = all ? count + best : "No place has all these words; " + count + (found.length === 1 ? " has" : " have") + " some of them" + best;
    } else {
      var words = plain(asked).split(/\s+/);
      var unknown = words.filter(function (word) { return !find(word, false).length; });
      var help = unknown.map(near).reduce(function (all, some) { return all.concat(some); }, []);
      status.textContent = "Nothing found for “" + asked + "”. " +
        (help.length ? "Did you mean: " + help.join(", ") + "?" : unknown.length ? "Try other words, or a section number." : "Try fewer words.");
    }
  }

  // Down from the field into the results, up and down among them.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var stops = [field].concat(Array.prototype.slice.call(list.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement);
    var to = at + (event.key === "ArrowDown" ? 1 : -1);
    if (at < 0 || to < 0 || to >= stops.length) return;
    event.preventDefault();
    stops[to].focus();
  });
  document.getElementById("search").addEventListener("submit", function (event) {
    event.preventDefault();
    show();
  });
  field.addEventListener("input", show);
  field.value = new URLSearchParams(location.search).get("q") || "";
  show();
})();
