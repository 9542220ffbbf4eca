//! Invitations: good once, for a while, until they are taken back.

use duxue_rules::access::Role;
use duxue_storage::{
    invitation::{InvitationEnd, Invited, NewInvitation},
    sign_in::Token,
};

use crate::{
    common::{at, both, id},
    world::{World, field, is_lost, user, world},
};

fn invitation(world: &World, token: &Token, invited: Invited) -> NewInvitation {
    let (created_at, created_by, expires_at) = (at(0), world.manager, at(100));
    NewInvitation { id: id(), token: token.hash(), invited, created_at, created_by, expires_at }
}

fn somebody(role: Role, institution: Option<duxue_rules::ids::InstitutionId>) -> Invited {
    Invited::New { display_name: "新人".into(), role, institution }
}

both! {
    async fn an_invitation_is_good_once(db: &Db) {
        let world = world(db).await;
        let token = Token::random().unwrap();
        let new = invitation(&world, &token, somebody(Role::Institution, Some(world.institution)));
        let mut tx = db.begin().await;
        tx.add_invitation(&new).await.unwrap();
        assert!(tx.open_invitation(Token::received("guess").hash(), at(1)).await.unwrap().is_none());
        assert!(tx.open_invitation(token.hash(), at(100)).await.unwrap().is_none(), "it runs out");
        let open = tx.open_invitation(token.hash(), at(99)).await.unwrap().unwrap();
        assert_eq!((open.id, open.role, open.resets, open.end), (new.id, Role::Institution, None, None));
        assert_eq!(open.institution.unwrap().id, world.institution);
        let account = user("neu", Role::Institution, Some(world.institution));
        tx.add_user(&account).await.unwrap();
        assert!(is_lost(&tx.accept_invitation(new.id, account.id, at(100)).await));
        tx.accept_invitation(new.id, account.id, at(50)).await.unwrap();
        assert!(is_lost(&tx.accept_invitation(new.id, account.id, at(51)).await));
        assert!(is_lost(&tx.withdraw_invitation(new.id, at(51), world.manager).await));
        assert!(tx.open_invitation(token.hash(), at(51)).await.unwrap().is_none());
        let ended = tx.invitation(new.id).await.unwrap().unwrap().end;
        assert_eq!(ended, Some(InvitationEnd::Accepted { at: at(50), account: account.id }));
    }

    async fn the_newest_reset_alone_is_good_and_none_of_a_closed_account(db: &Db) {
        let world = world(db).await;
        let [first, second] = [(); 2].map(|()| Token::random().unwrap());
        let mut tx = db.begin().await;
        for token in [&first, &second] {
            tx.add_invitation(&invitation(&world, token, Invited::Reset(world.liaison))).await.unwrap();
        }
        assert!(tx.open_invitation(first.hash(), at(1)).await.unwrap().is_none());
        let open = tx.open_invitation(second.hash(), at(1)).await.unwrap().unwrap();
        assert_eq!(open.resets.unwrap().name, "lin-抚顺示范培训学校");
        assert_eq!(open.institution.unwrap().id, world.institution);
        assert_eq!(tx.invitations(None, 10).await.unwrap().len(), 2);
        tx.disable_user(world.liaison, at(2)).await.unwrap();
        assert!(tx.open_invitation(second.hash(), at(3)).await.unwrap().is_none());
        tx.enable_user(world.liaison).await.unwrap();
        assert!(is_lost(&tx.enable_user(world.liaison).await));
        assert!(tx.open_invitation(second.hash(), at(3)).await.unwrap().is_some());
    }

    async fn role_and_institution_fit(db: &Db) {
        let world = world(db).await;
        for (invited, at_field) in [
            (somebody(Role::Institution, None), "institution_id"),
            (somebody(Role::Auditor, Some(world.institution)), "institution_id"),
            (somebody(Role::Institution, Some(id())), "institution_id"),
            (Invited::New { display_name: String::new(), role: Role::Auditor, institution: None }, "display_name"),
        ] {
            let new = invitation(&world, &Token::random().unwrap(), invited);
            assert_eq!(field(db.begin().await.add_invitation(&new).await), at_field);
        }
    }

    async fn a_new_password_ends_every_other_sign_in(db: &Db) {
        let world = world(db).await;
        let [here, there] = [(); 2].map(|()| Token::random().unwrap());
        let mut tx = db.begin().await;
        for token in [&here, &there] {
            tx.add_sign_in(token.hash(), world.manager, at(0), at(100)).await.unwrap();
        }
        tx.change_password(world.manager, "$argon2id$new", here.hash()).await.unwrap();
        assert!(tx.signed_in(here.hash(), at(1)).await.unwrap().is_some());
        assert!(tx.signed_in(there.hash(), at(1)).await.unwrap().is_none());
    }
}
