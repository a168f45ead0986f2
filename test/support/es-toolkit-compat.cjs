/**
 * es-toolkit/compat for Jest, which loads all modules anew for every test file: @nestjs/swagger asks it for some thirty
 * functions, and gets those without the 400 modules of the others.
 */
module.exports = new Proxy(
  { __esModule: true },
  { get: (own, name) => (name in own ? own[name] : require(`es-toolkit/compat/${String(name)}`)) },
);
