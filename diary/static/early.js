// Runs before the page is drawn: says that scripts work, so that what only scripts can do shows from the first moment.
document.documentElement.classList.add("js");
