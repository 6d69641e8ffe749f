// Runs before the page is drawn: says that scripts work, so that what only scripts can do shows from the first moment;
// and where a finger works, that what a phone can do shows.
document.documentElement.classList.add("js");
if (navigator.maxTouchPoints) document.documentElement.classList.add("touch");
