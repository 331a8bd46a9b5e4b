// Icons without their drawings: jsdom shows none, and reading the thousands of them took each suite two seconds.
// The browser's suites show the real ones.
const utilities = "../../node_modules/@fluentui/react-icons/lib-cjs/utils";
const { createFluentIcon } = require(`${utilities}/createFluentIcon`);

const icons = {
  ...require(`${utilities}/constants`),
  bundleIcon: require(`${utilities}/bundleIcon`).default,
};

module.exports = new Proxy(icons, {
  get: (_, name) =>
    (icons[name] ??= /^[A-Z]\w*(Regular|Filled)$/.test(String(name)) ? createFluentIcon(name, "1em", []) : undefined),
});
