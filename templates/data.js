window.searchData = window.searchData || {};
{% for name, json in view.values %}
window.searchData["{{ name }}"]={{ json|safe }};
{% endfor %}
{% for script in view.scripts %}
{{ static_script(script) }}
{% endfor %}
