window.searchData = window.searchData || {};
{% for name, json in view.values %}
window.searchData["{{ name }}"]={{ json|safe }};
{% endfor %}
