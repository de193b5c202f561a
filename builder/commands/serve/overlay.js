/* Shows what the last build said over the page, and loads the page anew when it missed a newer site. */
(function () {
  "use strict";
  var script = document.currentScript;
  var version = script.getAttribute("data-version");
  var box = null; // the overlay, when it is shown
  var shown = ""; // what it says
  var closed = remembered(); // what the editor has read and closed

  function remembered() { try { return sessionStorage.getItem("closed"); } catch (e) { return null; } }
  function remember(text) { closed = text; try { sessionStorage.setItem("closed", text); } catch (e) { /* not remembered */ } }

  function make(tag, className, text) {
    var element = document.createElement(tag);
    element.className = className;
    if (text) { element.textContent = text; }
    return element;
  }

  function hide() { if (box) { box.remove(); box = null; shown = ""; } }

  function show(says, failed) {
    if (says === shown) { return; } // nothing new to read out
    hide();
    shown = says;
    box = document.createElement("div");
    box.id = "build-says";
    var inside = box.attachShadow({ mode: "open" }); // the site's styles do not reach in here, nor ours out
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("overlay.css", script.src).href;
    var panel = make("section", failed ? "panel failed" : "panel");
    panel.setAttribute("role", "alert");
    var head = make("div", "head");
    head.appendChild(make("strong", "", failed ? "内容有错，现在看到的是上一次的网页" : "网页已更新，有几处请留意"));
    var close = make("button", "close", "关闭");
    close.type = "button";
    close.addEventListener("click", function () { remember(says); hide(); });
    head.appendChild(close);
    panel.appendChild(head);
    panel.appendChild(make("pre", "says", says));
    inside.appendChild(style);
    document.body.appendChild(box);
    inside.appendChild(panel); // last, so that it is read out
  }

  function listen() {
    var socket = new WebSocket(new URL("says", script.src).href.replace(/^http/, "ws")); // wss behind https
    socket.onmessage = function (event) {
      var news = JSON.parse(event.data);
      if (news.version !== version) {
        setTimeout(function () { location.reload(); }, 1000); // livereload is quicker, unless it was not yet connected
      }
      if (!news.says) { remember(""); }
      if (!news.says || news.says === closed) { hide(); } else { show(news.says, news.failed); }
    };
    socket.onclose = function () { setTimeout(listen, 1000); };
  }
  listen();
})();
