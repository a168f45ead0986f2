export { BriefsModule } from './briefs.module.js';
