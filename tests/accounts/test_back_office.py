from allauth.mfa.models import Authenticator

from tests.factories import UserFactory


def office(client, **person):
    client.force_login(UserFactory(is_staff=True, is_superuser=True, **person))
    return client.get("/admin/", follow=True)


def test_visitors_enter_by_the_portals_own_door(client, db):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


def test_a_password_is_not_enough_where_a_second_factor_is_required(client, db, settings):
    settings.STAFF_MFA_REQUIRED = True

    answer = office(client)

    assert "/accounts/2fa/" in answer.redirect_chain[-1][0] + answer.request["PATH_INFO"]


def test_with_a_second_factor_the_back_office_opens(client, db, settings):
    settings.STAFF_MFA_REQUIRED = True
    admin = UserFactory(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(admin)

    assert client.get("/admin/").status_code == 200


def test_where_no_factor_is_required_an_administrator_enters(client, db):
    assert office(client).status_code == 200


def test_an_educator_gets_no_further(client, educator):
    client.force_login(educator)

    assert client.get("/admin/", follow=True).status_code == 403
