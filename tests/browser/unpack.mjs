// Unpacks the browser that the npm package carries into the temporary folder ($TMPDIR), with
// the libraries and fonts a bare machine lacks. Prints nothing; its exit code tells.

// The package unpacks its libraries only where it believes it runs in this environment.
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";

const { default: chromium } = await import(
  new URL("../../static/node_modules/@sparticuz/chromium/build/index.js", import.meta.url)
);
await chromium.executablePath();
