import { toBuffer } from 'qrcode';
import { codePictures, withPictures } from './qr-code.js';

const HTML = '<p>Your code</p><img src="cid:code" alt="7K3QD9XW2M">';
const data = { code: '7K3QD9XW2M' };

describe('the picture of a code', () => {
  it('goes inside the mail that asks for it', async () => {
    const [picture, ...others] = (await codePictures(HTML, data)) ?? [];
    expect(others).toEqual([]);
    expect(picture).toMatchObject({ cid: 'code', contentType: 'image/png', contentDisposition: 'inline' });
    expect(picture?.content).toEqual(await toBuffer(data.code, { errorCorrectionLevel: 'Q', scale: 6 }));
  });

  it('is left out where nobody asks for it, or there is no code', async () => {
    expect(await codePictures('<p>Your code</p>', data)).toBeUndefined();
    for (const code of [undefined, null, ['7K3QD9XW2M']]) expect(await codePictures(HTML, { code })).toBeUndefined();
  });

  it('stands in a preview, which has no attachments', async () => {
    expect(await withPictures(HTML, data)).toMatch(/<img src="data:image\/png;base64,[\w+/]+=*" alt="7K3QD9XW2M">/);
    expect(await withPictures(HTML, {})).toBe(HTML);
  });
});
