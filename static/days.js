/* Days of application, as pages write them into `data-days`: it comes after site.js, in one file with it and with the script of the page.

   Days are written "2027-03-01/2027-03-15" of one year, "09-01/09-25" of every year, "05/20" of a month, "135" of a week:
   the end of a date, as far as they tell it. */
(() => {
  "use strict";
  const { inChina } = window.device;
  const DAY = 24 * 3600 * 1000; // ms
  const DATE = 10; // characters of a date such as 2027-03-15
  const FAR = 366; // days ahead in which the days of application are looked for

  /* The day in China that is so many days ahead, to be read as UTC. */
  const ahead = days => inChina(Date.now() + days * DAY);

  function dateOn(day) { return day.toISOString().slice(0, DATE); }

  function isWithin(day, span) {
    const [from, to] = span.split("/");
    if (to === undefined) { return span.includes(day.getUTCDay() || 7); }
    const at = dateOn(day).slice(-from.length);
    return from <= to ? from <= at && at <= to : from <= at || at <= to;
  }

  /* Whether a span of one year is over. */
  function isPast(day, span) {
    const to = span.split("/")[1];
    return to !== undefined && to.length === DATE && to < dateOn(day);
  }

  /* The first day after the one `from` days ahead on which it is otherwise; FAR days later where there is none. */
  function nextChange(isOpen, from) {
    let days = from + 1;
    while (days < from + FAR && isOpen(days) === isOpen(from)) { days += 1; }
    return days;
  }

  /* Does something now, anew at midnight, and when somebody comes back to the page: it may have slept. */
  function daily(tell) {
    let midnight;
    const again = () => {
      tell();
      clearTimeout(midnight);
      midnight = setTimeout(again, DAY - inChina(Date.now()) % DAY);
    };
    document.addEventListener("visibilitychange", again);
    window.addEventListener("pageshow", again);
    again();
  }

  window.days = { FAR, ahead, dateOn, isWithin, isPast, nextChange, daily };
})();
