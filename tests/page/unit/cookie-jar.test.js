// The Page view's cookie jar keeps to RFC 6265, section 5.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CookieJar, parseDate } from "../../../src/page/browser/cookie-jar.js";

const HOST = "http://127.0.0.1:8000";
/** @param {string} path */
const at = (path, host = HOST) => new URL(path, host);

/** A jar that got these at a path. @param {string[]} texts */
function jarWith(texts, path = "/", now = () => 0) {
  const jar = new CookieJar(now);
  for (const text of texts) jar.set(text, at(path));
  return jar;
}

describe("what a server sets", () => {
  test("several headers are several cookies; the same name and path replace", () => {
    const jar = jarWith(["a=1", "b=2; Path=/", "a=3", "c", "=4", "a b = x y ;"]);
    assert.equal(jar.header(at("/")), "a=3; b=2; a b=x y");
  });

  test("a value may hold equals signs and quotes, and be empty", () => {
    assert.equal(jarWith(['a="x=1"', "b="]).header(at("/")), 'a="x=1"; b=');
  });

  test("control characters, and more than 4096 characters, are refused", () => {
    assert.equal(jarWith(["a=1\r\nX: y", "b=\0", `c=${"x".repeat(4096)}`]).header(at("/")), "");
    assert.equal(jarWith([`c=${"x".repeat(4095)}`]).header(at("/")).length, 4097);
  });

  test("of more than fifty the oldest goes", () => {
    const names = jarWith(Array.from({ length: 51 }, (_, n) => `c${n}=`)).header(at("/")).split("; ");
    assert.deepEqual([names.length, names[0]], [50, "c1="]);
  });
});

describe("Path", () => {
  test("is by default the folder of the page that sets it", () => {
    const jar = jarWith(["a=1"], "/shop/cart");
    const paths = ["/shop", "/shop/", "/shop/x", "/shopping", "/"];
    assert.deepEqual(paths.map((path) => jar.header(at(path))), ["a=1", "a=1", "a=1", "", ""]);
    assert.equal(jarWith(["a=1; Path=relative"], "/shop/cart").header(at("/")), "");
  });

  test("the longer one comes first, then the older", () => {
    assert.equal(jarWith(["a=1; Path=/", "b=2; Path=/x", "c=3; Path=/"]).header(at("/x/y")), "b=2; a=1; c=3");
    assert.equal(jarWith(["a=1; Path=/x", "a=2; Path=/"]).header(at("/x")), "a=1; a=2");
  });
});

describe("lifetime", () => {
  test("Max-Age counts in seconds, wins over Expires, and ends a cookie with 0", () => {
    let now = 0;
    const jar = jarWith(["a=1; Max-Age=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2"], "/", () => now);
    now = 1999;
    assert.equal(jar.header(at("/")), "a=1; b=2");
    now = 2000;
    assert.equal(jar.header(at("/")), "b=2");
    jar.set("b=; max-age=0", at("/"));
    assert.equal(jar.header(at("/")), "");
  });

  test("Expires in the past deletes; one that is no date is ignored", () => {
    const jar = jarWith(["a=1", "b=2"], "/", () => Date.UTC(2026, 0));
    jar.set("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", at("/"));
    jar.set("b=3; Expires=tomorrow", at("/"));
    assert.equal(jar.header(at("/")), "b=3");
  });

  test("dates are read as the RFC reads them", () => {
    const time = Date.UTC(1994, 10, 6, 8, 49, 37);
    for (const text of ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 8:49:37 1994"])
      assert.equal(parseDate(text), time, text);
    assert.equal(parseDate("1 jan 69 0:0:0"), Date.UTC(2069, 0, 1));
    for (const text of ["", "1 Jan 2026", "31 Jun 2026 1:1:1", "1 Jan 1600 1:1:1", "1 Jan 2026 24:00:00", "0 Jan 2026 1:1:1"])
      assert.equal(parseDate(text), null, text);
  });
});

describe("whom it is for", () => {
  test("a Domain that is not the host's is refused; an address has no parent", () => {
    assert.equal(jarWith(["a=1; Domain=example.com", "b=2; Domain=0.0.1", "c=3; Domain=127.0.0.1"]).header(at("/")), "c=3");
  });

  test("Domain lets subdomains have it; without it the host alone does", () => {
    const jar = new CookieJar(() => 0);
    for (const text of ["a=1; Domain=.Example.com", "b=2"]) jar.set(text, at("/", "https://example.com"));
    assert.equal(jar.header(at("/", "https://example.com")), "a=1; b=2");
    assert.equal(jar.header(at("/", "https://www.example.com")), "a=1");
    assert.equal(jar.header(at("/", "https://badexample.com")), "");
  });

  test("Secure wants https, or a loopback address", () => {
    const jar = new CookieJar(() => 0);
    jar.set("a=1; Secure", at("/", "https://example.com"));
    assert.equal(jar.header(at("/", "http://example.com")), "");
    assert.equal(jar.header(at("/", "https://example.com")), "a=1");
    assert.equal(jarWith(["a=1; Secure"]).header(at("/")), "a=1");
  });
});

describe("a page's script", () => {
  test("does not see what is HttpOnly, and can neither replace nor make it", () => {
    const jar = jarWith(["secret=1; HttpOnly", "open=2"]);
    assert.equal(jar.textForScript(at("/")), "open=2");
    jar.setByScript("secret=stolen", at("/"));
    jar.setByScript("mine=3; HttpOnly", at("/"));
    jar.setByScript("open=4", at("/"));
    assert.equal(jar.header(at("/")), "secret=1; open=4");
    assert.deepEqual(jar.forScript(at("/")).map(({ name }) => name), ["open"]);
  });

  test("writes text, and a header carries it as UTF-8", () => {
    const jar = jarWith([]);
    jar.setByScript("a=ü", at("/"));
    assert.equal(jar.header(at("/")), "a=\u00c3\u00bc");
    assert.equal(jar.textForScript(at("/")), "a=ü");
  });
});
