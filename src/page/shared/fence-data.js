// Takes the data that a Markdown fence wrote into an element.

/**
 * @param {HTMLElement} element
 * @returns {any} null where it has none that can be read: the element then stays as the fence wrote it
 */
export function takeData(element) {
  try {
    const script = element.querySelector("script[type='application/json']");
    const data = JSON.parse(script?.textContent ?? "");
    // Material's instant navigation runs every script element that it finds, this one too, as JavaScript.
    script?.remove();
    return data;
  } catch (error) {
    console.error(`<${element.localName} src="${element.getAttribute("src")}"> has no readable data, so it stays as it is:`, error);
    return null;
  }
}
