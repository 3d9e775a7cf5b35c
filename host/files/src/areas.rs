//! Areas of organisations out of GeoJSON (RFC 7946): each feature is looked at, made coarser, and matched by its code.

use dinh_domain::organisation::{AREA_SCALE, Area, AreaFault, MAX_AREA_POINTS};
use geo::algorithm::SimplifyVwPreserve;
use geo::algorithm::Validation;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{FeatureCollection, GeoJson, GeometryValue, feature::Id};

mod fault;

pub use fault::AreaFileFault;

/// Largest file, in bytes: the communes of a province as finely as a surveyor draws them.
pub const AREAS_BYTES_MAX: usize = 32 << 20;
/// Most features of a file.
pub const AREAS_MAX: usize = 2_000;
/// Most corners of one feature before it is made coarser.
pub const RAW_POINTS_MAX: usize = 100_000;
/// Properties that may hold the code of the unit.
const CODES: [&str; 5] = ["code", "ma", "ma_xa", "maxa", "ma_dvhc"];
/// What is taken away first, in square degrees; four times as much with each further round.
const FINEST: f64 = 1e-10;
const ROUNDS: usize = 30;

/// One feature.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedArea {
    /// Its place in the file, from 1.
    pub feature: usize,
    /// The unit's code in the statistics.
    pub code: String,
    /// Where it lies.
    pub area: Area,
}

/// The areas of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_areas(bytes: &[u8]) -> Result<Vec<CodedArea>, Vec<AreaFileFault>> {
    let collection = collection(bytes).map_err(|fault| vec![fault])?;
    let (mut areas, mut faults) = (Vec::<CodedArea>::new(), Vec::new());
    for (at, feature) in collection.features.into_iter().enumerate() {
        match one(at + 1, feature) {
            Err(fault) => faults.push(fault),
            Ok(area) => match areas.iter().find(|it| it.code == area.code) {
                Some(first) => faults.push(AreaFileFault::Twice {
                    first: first.feature,
                    feature: area.feature,
                    code: area.code,
                }),
                None => areas.push(area),
            },
        }
    }
    if faults.is_empty() {
        Ok(areas)
    } else {
        Err(faults)
    }
}

fn collection(bytes: &[u8]) -> Result<FeatureCollection, AreaFileFault> {
    if bytes.len() > AREAS_BYTES_MAX {
        return Err(AreaFileFault::Large(bytes.len()));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let read = GeoJson::from_reader(bytes);
    let read = read.map_err(|error| AreaFileFault::NotGeoJson(error.to_string()))?;
    let GeoJson::FeatureCollection(collection) = read else {
        return Err(AreaFileFault::Features(0));
    };
    match collection.features.len() {
        1..=AREAS_MAX => Ok(collection),
        count => Err(AreaFileFault::Features(count)),
    }
}

fn one(at: usize, feature: geojson::Feature) -> Result<CodedArea, AreaFileFault> {
    let code = code_of(&feature).ok_or(AreaFileFault::NoCode { feature: at })?;
    let raw = match feature.geometry.map(|it| it.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
        _ => return Err(AreaFileFault::NoPolygon { feature: at, code }),
    };
    let points = raw.iter().flatten().map(Vec::len).sum();
    if points > RAW_POINTS_MAX {
        let feature = at;
        return Err(AreaFileFault::Points {
            feature,
            code,
            points,
        });
    }
    let wrong = |fault: AreaFault| AreaFileFault::Area {
        feature: at,
        code: code.clone(),
        fault,
    };
    let rings = raw.iter().flatten();
    // The types of the library close rings by themselves: what is open in the file is told, not mended.
    if rings
        .clone()
        .any(|ring| ring.len() < 4 || ring.first() != ring.last())
    {
        return Err(wrong(AreaFault::Open));
    }
    let is_on = |it: &geojson::Position| matches!(it.as_slice(), [x, y, ..] if x.abs() <= 180.0 && y.abs() <= 90.0);
    if !rings.flatten().all(is_on) {
        return Err(wrong(AreaFault::Off));
    }
    let coarse = coarser(raw.iter().map(|it| polygon(it)).collect());
    if let Err(cause) = coarse.check_validation() {
        let (feature, cause) = (at, cause.to_string());
        return Err(AreaFileFault::Crossed {
            feature,
            code,
            cause,
        });
    }
    let area = Area::new(kept(&coarse)).map_err(wrong)?;
    Ok(CodedArea {
        feature: at,
        code,
        area,
    })
}

fn code_of(feature: &geojson::Feature) -> Option<String> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let property = CODES.iter().find_map(|name| text(feature.property(name)?));
    let found = property.or_else(|| match feature.id.as_ref()? {
        Id::String(id) => Some(id.clone()),
        Id::Number(id) => Some(id.to_string()),
    });
    found.filter(|code| !code.is_empty())
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Polygon {
    let line = |ring: &Vec<geojson::Position>| -> LineString {
        let corner = |it: &geojson::Position| match it.as_slice() {
            [x, y, ..] => Some(Coord { x: *x, y: *y }),
            _ => None,
        };
        ring.iter().filter_map(corner).collect()
    };
    let mut rings = rings.iter().map(line);
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(outer, rings.collect())
}

/// With as few corners as are kept, without crossing itself where it did not before.
fn coarser(fine: MultiPolygon) -> MultiPolygon {
    let (mut coarse, mut epsilon) = (fine, FINEST);
    for _ in 0..ROUNDS {
        if points(&coarse) <= MAX_AREA_POINTS {
            break;
        }
        coarse = coarse.simplify_vw_preserve(epsilon);
        epsilon *= 4.0;
    }
    coarse
}

fn points(all: &MultiPolygon) -> usize {
    let rings = all.iter().map(|it| {
        it.exterior().0.len() + it.interiors().iter().map(|it| it.0.len()).sum::<usize>()
    });
    rings.sum()
}

fn kept(all: &MultiPolygon) -> Vec<Vec<Vec<[i32; 2]>>> {
    let ring = |line: &LineString| line.coords().map(|it| [part(it.x), part(it.y)]).collect();
    let rings = |it: &Polygon| {
        std::iter::once(it.exterior())
            .chain(it.interiors())
            .map(ring)
            .collect()
    };
    all.iter().map(rings).collect()
}

/// At most 180 degrees: it fits.
#[expect(clippy::cast_possible_truncation)]
fn part(degrees: f64) -> i32 {
    (degrees * AREA_SCALE).round() as i32
}

#[cfg(test)]
mod tests;
