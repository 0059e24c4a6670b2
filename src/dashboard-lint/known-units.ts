/** Ids of units that Grafana knows, currencies and concentrations left to a pattern. */
const ids =
  'none string short sishort percent percentunit humidity dB candela hex0x hex sci locale pixel ' +
  'accMS2 accFS2 accG degree radian grad arcmin arcsec areaM2 areaF2 areaMI2 acres hectares flops ' +
  'mflops gflops tflops pflops eflops zflops yflops ppm bytes decbytes bits decbits kbytes ' +
  'deckbytes mbytes decmbytes gbytes decgbytes tbytes dectbytes pbytes decpbytes pps binBps Bps ' +
  'binbps bps KiBs Kibits KBs Kbits MiBs Mibits MBs Mbits GiBs Gibits GBs Gbits TiBs Tibits TBs ' +
  'Tbits PiBs Pibits PBs Pbits dateTimeAsIso dateTimeAsIsoNoDateIfToday dateTimeAsUS ' +
  'dateTimeAsUSNoDateIfToday dateTimeAsLocal dateTimeAsLocalNoDateIfToday dateTimeAsSystem ' +
  'dateTimeFromNow watt kwatt megwatt gwatt mwatt Wm2 voltamp kvoltamp voltampreact kvoltampreact ' +
  'watth watthperkg kwatth kwattm mwatth amph kamph mamph joule ev amp kamp mamp volt kvolt mvolt ' +
  'dBm mohm ohm kohm Mohm farad µfarad nfarad pfarad ffarad henry mhenry µhenry lumens flowgpm ' +
  'flowcms flowcfs flowcfm litreh flowlpm flowmlpm lux forceNm forcekNm forceN forcekN Hs KHs MHs ' +
  'GHs THs PHs EHs massmg massg masslb masskg masst lengthmm lengthin lengthft lengthm lengthkm ' +
  'lengthmi pressurembar pressurebar pressurekbar pressurepa pressurehpa pressurekpa pressurehg ' +
  'pressurepsi radbq radci radgy radrad radsv radmsv radusv radrem radexpckg radr radsvh radmsvh ' +
  'radusvh rotrpm rothz rotkhz rotmhz rotghz rotrads rotdegs celsius fahrenheit kelvin hertz ns µs ' +
  'ms s m h d dtdurationms dtdurations dthms dtdhms timeticks clockms clocks cps ops reqps rps wps ' +
  'iops eps mps recps rowsps cpm opm reqpm rpm wpm epm mpm recpm rowspm velocityms velocitykmh ' +
  'velocitymph velocityknot mlitre litre m3 Nm3 dm3 gallons bool bool_yes_no bool_on_off';

const known: ReadonlySet<string> = new Set(ids.split(' '));

/** Whether Grafana formats a unit: one of its own, or one that is spelt out, such as `suffix: tok/s`. */
export function isKnownUnit(unit: string): boolean {
  return (
    known.has(unit) ||
    /^currency[A-Z]{3}$|^currency[mμ]BTC$|^con(?:pp[bm]|[nμm]?g(?:N?m3|dL)|mmolL)$/.test(unit) ||
    /^(?:suffix|prefix|time|si|count|currency|bool):./.test(unit)
  );
}

/** All ids, for hints. */
export const unitIds: readonly string[] = [
  ...known,
  'currencyUSD',
  'currencyEUR',
  'currencyGBP',
  'currencyCHF',
];
