//! `unknown-interface`: an `L2Advertisement` on an interface that no node policy of the list knows.

use super::interfaces::known;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let Some(known) = known(model) else { return };
    for advertisement in &model.advertisements {
        for interface in advertisement.interfaces.iter().filter(|one| !known.contains(one.text)) {
            let message = format!(
                "the addresses are announced on the interface {}, which no node policy of this list knows; name an \
                 interface of the nodes",
                interface.text
            );
            report.at(&advertisement.item, &interface.pointer, message);
        }
    }
}
