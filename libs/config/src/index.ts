export {
  type Config,
  ConfigError,
  DEFAULT_HOME_TIME_ZONES,
  houseTimeZone,
  type LogLevel,
  loadConfig,
} from './config.js';
export { CONFIG, ConfigModule } from './config.module.js';
export { keptSecret } from './secrets.js';
export { appLogger } from './logger.js';
