import { fitted, textWidth, xmlText } from './svg-text.js';

describe('texts of a picture', () => {
  it('stand in XML as they are, but for what XML takes for its own or cannot hold', () => {
    expect(xmlText('Əli & <Şəhriyar> "Щербаков" 𝒳\u0000\u001f\uffff')).toBe(
      'Əli &amp; &lt;Şəhriyar&gt; &quot;Щербаков&quot; 𝒳',
    );
  });

  it('are cut where they do not fit, between whole letters', () => {
    expect(fitted('EXIM', 9, 60)).toBe('EXIM');
    const cut = fitted('Şəhriyar Əliağaoğlu-Məmmədzadə 𝒳𝒳𝒳', 9, 60);
    expect(cut).toMatch(/^Şəhri.*…$/);
    expect(textWidth(cut, 9)).toBeLessThanOrEqual(60);
    expect(fitted('𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳', 9, 40)).toMatch(/^𝒳+…$/u);
  });
});
