//! Reading some fields of a body: a long text that nobody asked for is skipped, never built.

use std::fmt;

use dinh_domain::entry::Body;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

/// Reads the fields of these names and no other.
pub(crate) struct Only<'a>(pub(crate) &'a [&'a str]);

impl Only<'_> {
    pub(crate) fn read(self, json: &str) -> Result<Body, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let body = self.deserialize(&mut reader)?;
        reader.end()?;
        Ok(body)
    }
}

impl<'de> DeserializeSeed<'de> for Only<'_> {
    type Value = Body;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Body, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Only<'_> {
    type Value = Body;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
        let mut body = Body::new();
        while let Some(name) = map.next_key::<String>()? {
            if self.0.contains(&name.as_str()) {
                body.insert(name, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(body)
    }
}
