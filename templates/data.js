window.searchData = window.searchData || {};
{% for name, json in view.values %}
window.searchData["{{ name }}"]={{ json|safe }};
{% endfor %}
{% if view.with_engine %}
{{ static_script("search.js") }}
{% endif %}
