// The licences of all that a build bundles, as one text beside it. A licence that is not among ours ends the build.
const LicensePlugin = require("webpack-license-plugin");

const OURS = /^(MIT|MIT-0|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|CC0-1\.0|Unlicense|BlueOak-1\.0\.0)$/;
/** Without the field in package.json; the licence text that it ships says it. */
const FOUND_IN_TEXT = { "@univerjs/telemetry@0.25.1": "Apache-2.0" };

function asText(packages) {
  const parts = packages.map(({ name, version, license, repository, licenseText, noticeText }) =>
    [`${name} ${version} (${license})`, repository, licenseText?.trim(), noticeText?.trim()]
      .filter(Boolean)
      .join("\n\n"),
  );
  return `Butie bundles these packages; the licence of each follows.\n\n${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

exports.licenses = () =>
  new LicensePlugin({
    outputFilename: "third-party-licenses.json",
    additionalFiles: { "third-party-licenses.txt": asText },
    licenseOverrides: FOUND_IN_TEXT,
    includeNoticeText: true,
    unacceptableLicenseTest: (license) =>
      !license
        .replace(/[()]/g, "")
        .split(" OR ")
        .some((each) => OURS.test(each)),
  });
