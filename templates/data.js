(window.searchData=window.searchData||{})["{{ view.name }}"]={{ view.json|safe }};
