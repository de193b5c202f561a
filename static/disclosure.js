/* Narrows a disclosure list to the rows that hold some words, one term, one form. Without it the whole list stands. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var box = document.querySelector(".narrowing");
  if (!box) { return; }
  var words = document.getElementById("narrow-words");
  var term = document.getElementById("narrow-term");
  var shape = document.getElementById("narrow-form");
  var status = box.querySelector(".narrowing-status");
  var groups = [].slice.call(document.querySelectorAll(".disclosed tbody")).map(function (body) {
    var duty = body.querySelector(".duty").textContent;
    return { body: body, rows: [].slice.call(body.querySelectorAll(".disclosed-row")).map(function (row) {
      return { row: row, text: (duty + " " + row.textContent).toLowerCase(), term: row.getAttribute("data-term"), forms: row.getAttribute("data-form").split("|") };
    }) };
  });
  function narrow() {
    var wanted = words.value.toLowerCase().split(/[\s\u3000]+/).filter(Boolean);
    var shown = 0;
    groups.forEach(function (group) {
      var here = 0;
      group.rows.forEach(function (one) {
        var fits = wanted.every(function (word) { return one.text.indexOf(word) >= 0; }) &&
          (!term.value || one.term === term.value) && (!shape.value || one.forms.indexOf(shape.value) >= 0);
        one.row.hidden = !fits;
        here += fits ? 1 : 0;
      });
      group.body.hidden = !here;
      shown += here;
    });
    var narrowed = wanted.length || term.value || shape.value;
    status.textContent = !narrowed ? "" : shown ? box.getAttribute("data-narrowed").replace("{n}", shown) : box.getAttribute("data-none");
  }
  box.addEventListener("input", narrow);
  box.addEventListener("change", narrow);
  box.querySelector(".narrowing-clear").addEventListener("click", function () {
    words.value = term.value = shape.value = "";
    narrow();
    words.focus();
  });
  narrow(); // a browser that comes back to the page has kept what was typed
});
