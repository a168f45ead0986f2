/**
 * Sets a process's clock wrong: `require('./clock-shift.cjs')(milliseconds)` before anything else is loaded. Timers keep
 * their pace, as they do under a clock that is wrong.
 */
module.exports = function shiftClock(milliseconds) {
  const RealDate = Date;
  globalThis.Date = class Date extends RealDate {
    constructor(...values) {
      if (values.length === 0) super(RealDate.now() + milliseconds);
      else super(...values);
    }

    static now() {
      return RealDate.now() + milliseconds;
    }
  };
};
